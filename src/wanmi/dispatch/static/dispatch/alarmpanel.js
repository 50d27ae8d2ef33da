// The one-key alarm: hold, and it is called until the centre has it; then positions go out every few seconds.
// What was pressed stands in the phone until it is over, so that a closed page goes on calling when it is opened.
import { sayer } from "../field/words.js";
import { ask, call, kept, listen, position, ring } from "./patrolling.js";
import { send } from "./tracks.js";

const say = sayer("alarm-words");
const KEY = "wanmi.patrol.alarm", HOLD_MS = 2000, AGAIN_MS = 3000;
const [page, button, word, said] = ["-page", "-button", "-word", "-said"].map((name) => document.querySelector(`[data-alarm${name}]`));
let hold = 0, timer = 0;

const open = () => JSON.parse(localStorage.getItem(KEY) ?? "null");
const remember = (alarm) => alarm ? localStorage.setItem(KEY, JSON.stringify(alarm)) : localStorage.removeItem(KEY);

function show(state, words = "") {
  page.dataset.state = state;
  said.textContent = words;
  word.textContent = say(state === "holding" ? "holding" : "hold");
}

function press(event) {
  if (open() || (event.type === "keydown" && (event.repeat || !["Enter", " "].includes(event.key)))) return;
  event.preventDefault();
  show("holding");
  navigator.vibrate?.(60);
  hold = setTimeout(raise, HOLD_MS);
}

function release() {
  clearTimeout(hold);
  if (page.dataset.state === "holding") show("idle");
}

async function raise() {
  navigator.vibrate?.(400);
  remember({ key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, at: new Date().toISOString() });
  show("calling", say("calling"));
  follow();
}

/** Call until the centre has it, then ask how it stands until it is over. */
async function follow() {
  clearTimeout(timer);
  const alarm = open();
  if (!alarm) return;
  const answer = alarm.id ? await call("GET", `/api/v1/alarms/${alarm.id}`).catch(() => null) : await first(alarm);
  if (answer?.status < 300) hear(alarm, answer.said);
  else show("calling", answer?.said?.detail ?? say("calling"));
  if (open()) timer = setTimeout(follow, AGAIN_MS);
}

async function first(alarm) {
  const place = await position({ maximumAge: 30_000, timeout: 4_000 });
  const where = place ? { lon: place.lon, lat: place.lat, accuracy_m: place.accuracy_m } : {};
  return call("POST", "/api/v1/alarms", { key: alarm.key, at: alarm.at, ...where }).catch(() => null);
}

function hear(alarm, { id, state, acknowledged_by: name }) {
  if (!alarm.id) ask().then(send);
  if (state === "acknowledged" && alarm.state !== state) ring(3);
  if (state === "closed") { remember(null); show("idle", say("closed")); ask(); return; }
  remember({ ...alarm, id, state });
  show(state, say(state, { name }));
}

for (const type of ["pointerdown", "keydown"]) button.addEventListener(type, press);
for (const type of ["pointerup", "pointerleave", "pointercancel", "keyup", "blur"]) button.addEventListener(type, release);
button.addEventListener("contextmenu", (event) => event.preventDefault());
document.addEventListener("wanmi:changed", ({ detail }) => { if (detail.about === "alarm" && open()) follow(); });
// A phone that was lost or emptied learns of its own open alarm from the server.
listen((duty) => { if (duty?.alarm && !open()) { remember({ key: "", id: duty.alarm.id }); follow(); } });
if (!open() && kept()?.alarm) remember({ key: "", id: kept().alarm.id });
follow();
