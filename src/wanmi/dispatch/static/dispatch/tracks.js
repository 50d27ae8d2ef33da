// While somebody is on duty, or calls for help: takes positions, keeps them on the phone, sends them in batches.
// Still slow, moving fast; never off duty. What is not acknowledged stays, whatever happens to the page.
import { ask, call, keep, kept, listen, position } from "./patrolling.js";
import { waiting } from "../field/queue.js";

const STORE = "positions", DEVICE = "wanmi.patrol.device", NUMBER = "wanmi.patrol.sequence";
const MOST = 500, MOVED_M = 15, WALKS_MS = 0.5;
let timer = 0, sent = 0, last = null, running = false;

const base = self.idb.openDB("wanmi-patrol", 1, { upgrade: (db) => db.createObjectStore(STORE, { keyPath: "sequence" }) });

function device() {
  let name = localStorage.getItem(DEVICE);
  if (!name) localStorage.setItem(DEVICE, (name = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`));
  return name;
}

// The greatest number in use is kept beside the store, so that a deleted position's is not used again.
async function next() {
  const highest = Number(localStorage.getItem(NUMBER) ?? 0) + 1;
  localStorage.setItem(NUMBER, highest);
  return highest;
}

const follows = (duty) => Boolean(duty && ((duty.stint && !duty.stint.on_break_since) || duty.alarm || duty.pending));

function metres(a, b) {
  const wide = Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot((a.lon - b.lon) * wide, a.lat - b.lat) * 111_320;
}

async function beat() {
  clearTimeout(timer);
  const duty = kept();
  if (!follows(duty)) { running = false; send(); return; }
  running = true;
  const { moving_seconds: fast, still_seconds: slow, batch_seconds: batch } = duty.pace;
  const place = await position({ precise: true, maximumAge: 5_000, timeout: 20_000 });
  let moves = true;
  if (place) {
    moves = !last || (place.speed_ms ?? 0) > WALKS_MS || metres(place, last) > MOVED_M;
    if (moves) last = place;
    const charge = await navigator.getBattery?.().catch(() => null);
    await (await base).put(STORE, { ...place, person: duty.person, battery: charge ? Math.round(charge.level * 100) : null, sequence: await next() });
  }
  if (Date.now() - sent >= batch * 1000) await send();
  timer = setTimeout(beat, (moves ? fast : slow) * 1000);
}

/** Send what is kept, oldest first, once the sign-on before it has arrived; one sender at a time. */
export async function send() {
  const hasMore = await navigator.locks.request("wanmi-patrol", sendOnce).catch(() => false);
  if (hasMore) await send();
}

async function sendOnce() {
  const rows = await (await base).getAll(STORE, undefined, MOST);
  if (!rows.length || !navigator.onLine || (await waiting()).some(({ kind }) => kind === "duty")) return false;
  sent = Date.now();
  const column = (name) => rows.map((row) => row[name] ?? null);
  const body = { device: device(), sequence: column("sequence"), at: column("at"), lon: column("lon"), lat: column("lat"), accuracy_m: column("accuracy_m"), speed_ms: column("speed_ms"), battery: column("battery") };
  const answer = await call("POST", "/api/v1/tracks", body);
  // Taken, or refused for good: asking again would be answered the same.
  if (answer.status !== 201 && answer.status !== 422) return false;
  const store = (await base).transaction(STORE, "readwrite");
  await Promise.all([...rows.map(({ sequence }) => store.store.delete(sequence)), store.done]);
  document.dispatchEvent(new CustomEvent("patrol:sent", { detail: answer.said }));
  return rows.length === MOST;
}

export const kept_positions = async () => (await base).count(STORE);

listen((duty) => { if (follows(duty) && !running) beat(); });
document.addEventListener("field:session", async ({ detail: { user, before } }) => {
  // A phone handed on sends nothing of who had it before as somebody else's.
  if (before && before.id !== user.id) { keep(null); await (await base).clear(STORE); }
  await ask();
  beat();
});
addEventListener("online", () => send());
document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
if (follows(kept())) beat();
