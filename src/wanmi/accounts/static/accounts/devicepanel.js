// The panel "This phone": whether it is bound, its PIN, locking it.
import { known, lock, setPin } from "./device.js";
import { sayer } from "../field/words.js";

const say = sayer("device-words");
const panel = document.querySelector('[data-panel="device"]');
const [state, facts, form, said] = ["[data-state-word]", "[data-facts]", "[data-pin]", "[data-said]"].map((name) => panel.querySelector(name));

async function draw() {
  const phone = known();
  const has = await self.wanmiVault.hasPin();
  state.textContent = say(`state_${phone?.state ?? "unknown"}`);
  facts.textContent = phone?.label ?? "";
  panel.querySelector("[data-lock]").hidden = !has;
  panel.querySelector("[data-pin-word]").textContent = say(has ? "pin_set" : "pin_none", { n: phone?.lock_minutes ?? 10 });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [one, two] = [...form.querySelectorAll("input")].map((input) => input.value);
  said.textContent = one !== two ? say("pin_differ") : await setPin(one) ? say("pin_done") : say("pin_rule");
  form.reset();
  draw();
});
panel.querySelector("[data-lock]").addEventListener("click", lock);
panel.addEventListener("field:show", draw);
document.addEventListener("device:known", draw);
