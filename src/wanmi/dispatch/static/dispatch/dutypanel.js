// The duty panel: on and off, breaks, what was covered. Signing on without a connection is kept and sent later.
import { add, newKey, watch } from "../field/queue.js";
import { moment, sayer } from "../field/words.js";
import { ask, call, keep, kept, listen, position } from "./patrolling.js";
import { kept_positions, send } from "./tracks.js";

const say = sayer("duty-words");
const panel = document.querySelector('[data-panel="duty"]');
const find = (name) => panel.querySelector(`[data-duty${name}]`);
const [box, state, shift, place, act, rest, said, bar, covered, waits] = ["", "-state", "-shift", "-place", "-do", "-break", "-said", "-bar", "-covered", "-waiting"].map(find);
let busy = false;

function draw(duty) {
  const stint = duty?.stint, on = Boolean(stint || duty?.pending);
  box.dataset.state = stint?.on_break_since ? "resting" : on ? "on" : "off";
  state.textContent = say(box.dataset.state) + (stint ? ` ${say("since", { at: moment(stint.signed_on_at) })}` : "");
  const planned = duty?.shift;
  shift.textContent = planned ? say("shift", { name: planned.name, from: moment(planned.begins_at), to: moment(planned.ends_at) }) : say("no_shift");
  const away = stint?.on_distance_m;
  place.textContent = away === null || away === undefined ? "" : away > 0 ? say("outside", { m: away }) : say("inside");
  act.textContent = say(on ? "sign_off" : "sign_on");
  act.classList.toggle("button--main", !on);
  act.disabled = busy;
  rest.hidden = !stint;
  rest.textContent = say(stint?.on_break_since ? "end_break" : "begin_break");
  const count = document.querySelector("[data-messages-count]");
  count.hidden = !duty?.unread;
  count.textContent = duty?.unread ?? "";
  panel.dataset.ready = "";
}

function tell(words) {
  said.hidden = !words;
  said.textContent = words ?? "";
}

async function change() {
  const duty = kept(), on = Boolean(duty?.stint || duty?.pending);
  busy = true;
  draw(duty);
  const found = await position();
  busy = false;
  if (!found && !on) { tell(say("no_place")); return draw(duty); }
  const at = new Date(Math.min(found?.at ?? Date.now(), Date.now())).toISOString();
  const body = found ? { lon: found.lon, lat: found.lat, accuracy_m: found.accuracy_m, at } : undefined;
  tell(say("kept"));
  keep({ ...(duty ?? { pace: { moving_seconds: 10, still_seconds: 60, batch_seconds: 30 } }), stint: null, pending: !on });
  await add({ key: newKey(), url: `/api/v1/duty/sign-${on ? "off" : "on"}`, body, title: say(on ? "sign_off" : "sign_on"), kind: "duty" });
}

async function pause() {
  const resting = kept()?.stint?.on_break_since;
  const answer = await call(resting ? "DELETE" : "POST", "/api/v1/duty/break").catch(() => null);
  if (answer?.status === 200) keep(answer.said);
  else tell(answer?.said?.detail ?? say("no_place"));
}

async function look() {
  draw(kept());
  await ask();
  const answer = await call("GET", "/api/v1/duty/coverage").catch(() => null);
  if (answer?.status === 200) {
    const { grids, visited, percent, walked_m: m } = answer.said;
    bar.value = percent ?? 0;
    covered.textContent = grids ? say("coverage", { visited, grids, m }) : say("no_plan", { m });
  }
  const count = await kept_positions();
  waits.textContent = count ? say("waiting", { n: count }) : "";
}

act.addEventListener("click", change);
rest.addEventListener("click", pause);
panel.addEventListener("field:show", look);
listen(draw);
watch(async ({ what, said: answer }) => {
  if (what === "sent" || what === "refused") { tell(what === "refused" ? answer?.detail : ""); await ask(); send(); }
});
document.addEventListener("patrol:sent", look);
