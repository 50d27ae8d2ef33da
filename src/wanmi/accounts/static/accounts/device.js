// Which phone this is: a key that never leaves it, shown to the centre at every start; and the lock after idle minutes.
import { flush } from "../field/queue.js";
import { sayer } from "../field/words.js";
import { make } from "../shell/words.js";

const say = sayer("device-words");
const RULE = "wanmi.field.device";
const AGAIN_MS = 15_000;
const PIN = /^\d{4,12}$/;
const vault = self.wanmiVault;
const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
let touched = Date.now();

/** What the centre said of this phone last: {id, label, state, lock_minutes, pin_required}. */
export const known = () => JSON.parse(localStorage.getItem(RULE) ?? "null");

const keys = () => self.idb.openDB("wanmi-device", 1, { upgrade(db) { db.createObjectStore("keys"); }, blocking(_, __, event) { event.target.close(); } });

async function pair(anew = false) {
  const db = await keys();
  const held = anew ? null : await db.get("keys", "mine");
  const made = held ?? await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  if (!held) await db.put("keys", made, "mine");
  db.close();
  return made;
}

async function post(path, body, csrf) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrf };
  const answer = await fetch(`/api/v1/${path}`, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(body) });
  return { status: answer.status, said: await answer.json().catch(() => ({})) };
}

/** Show the centre that this phone holds its key. A key that is another person's is left, and one of our own made. */
async function bind(anew = false) {
  const session = await fetch("/field/session", { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
  const { csrf } = await session.json().catch(() => ({}));
  if (!csrf) return null;
  const { privateKey, publicKey } = await pair(anew);
  const { said: { challenge } } = await post("devices/challenge", {}, csrf);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  const signature = base64(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, new TextEncoder().encode(challenge)));
  const { status, said } = await post("devices", { public_key: { kty, crv, x, y }, label: label(), signature }, csrf);
  if (said.code === "device_of_another" && !anew) return bind(true);
  if (status !== 200) return { state: "refused", words: said.detail };
  localStorage.setItem(RULE, JSON.stringify(said));
  return said;
}

function label() {
  const { brands = [], platform } = navigator.userAgentData ?? {};
  const brand = brands.find(({ brand: name }) => !/not.?a.?brand/i.test(name));
  return brand ? `${platform || "?"}, ${brand.brand} ${brand.version}` : navigator.userAgent.slice(0, 120);
}

/** Bind, and stand in the way while the phone waits for approval. */
async function show() {
  const before = known()?.state;
  const said = await bind().catch(() => null);
  document.documentElement.dataset.device = said?.state ?? before ?? "";
  document.dispatchEvent(new CustomEvent("device:known", { detail: said }));
  if (said?.state === "waiting" || said?.state === "refused") {
    stand(said.words ?? say("waiting"));
    setTimeout(show, AGAIN_MS);
  } else if (said && dialog.dataset.why === "waiting") location.reload();
}

const field = make("input", { class: "input", type: "password", inputmode: "numeric", autocomplete: "off", "aria-label": say("pin") });
const words = make("p", { role: "status" });
const press = make("button", { class: "button button--main", type: "submit" }, say("unlock"));
const form = make("form", { class: "stack", method: "dialog" }, words, field, press);
const dialog = make("dialog", { class: "device__lock", "aria-label": say("locked") }, form);
dialog.addEventListener("cancel", (event) => event.preventDefault());
form.addEventListener("submit", async (event) => { event.preventDefault(); await (dialog.dataset.why === "new" ? choose() : open()); });
document.body.append(dialog);

function stand(text, why = "waiting") {
  words.textContent = text;
  dialog.dataset.why = why;
  field.hidden = press.hidden = why === "waiting";
  field.value = "";
  press.textContent = why === "new" ? say("set_pin") : say("unlock");
  if (!dialog.open) dialog.showModal();
}

async function open() {
  const { open: done, left } = await vault.unlock(field.value);
  if (done) return go();
  field.value = "";
  words.textContent = left ? say("wrong", { n: left }) : say("emptied");
  if (!left) await self.fieldWipe();
}

async function choose() {
  if (!PIN.test(field.value)) { words.textContent = say("pin_rule"); return; }
  if (await vault.setPin(field.value)) go();
}

function go() {
  dialog.close();
  touched = Date.now();
  // Panels drew what they could while it was locked; they draw anew.
  dispatchEvent(new HashChangeEvent("hashchange"));
  document.dispatchEvent(new CustomEvent("device:unlocked"));
  flush();
}

/** Lock now, if there is a PIN. */
export async function lock() {
  await vault.lock();
  if (await vault.isLocked()) stand(say("locked"), "locked");
}

/** Set or change the PIN; answers whether it was done. */
export const setPin = async (pin) => PIN.test(pin) && vault.setPin(pin);

async function idle() {
  const minutes = known()?.lock_minutes ?? 10;
  if (!dialog.open && Date.now() - touched > minutes * 60_000) await lock();
}

for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { touched = Date.now(); }, { passive: true, capture: true });
document.addEventListener("visibilitychange", idle);
setInterval(idle, 5_000);

if (await vault.isLocked()) stand(say("locked"), "locked");
else if (known()?.pin_required && !await vault.hasPin()) stand(say("pin_needed"), "new");
document.documentElement.dataset.vault = "";
if (navigator.onLine) show();
addEventListener("online", show);
