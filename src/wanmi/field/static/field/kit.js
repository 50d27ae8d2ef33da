// What is taken along for a day without a connection: each package says how it is fetched; the phone keeps it with its
// size and age. offer({key, label, take}) adds one; read(key) answers its rows, kept or fetched.
import * as store from "./store.js";

const MOST = 50_000;
const packages = new Map();

/** Add a package: `take(progress)` answers its rows (plain data); `count(rows)` how many things they are. */
export function offer({ key, label, take, count = (rows) => rows.length ?? 0 }) {
  packages.set(key, { key, label, take, count });
}

export const offered = () => [...packages.values()];

/** Fetch a package and keep it; answers what is kept. Throws without a connection. */
export async function take(key, progress = () => {}) {
  const { take: fetched, count } = packages.get(key);
  const rows = await fetched(progress);
  const kept = { key, at: new Date().toISOString(), bytes: rows?.bytes ?? new Blob([JSON.stringify(rows)]).size, count: count(rows), rows };
  await store.put("kept", kept);
  document.dispatchEvent(new CustomEvent("field:kept", { detail: { key } }));
  return kept;
}

export const kept = (key) => store.get("kept", key);

/** Answer the rows of a package: fresh where there is a connection and it is older than `ageMs`, else as kept; null when never taken. */
export async function read(key, ageMs = Infinity) {
  const known = await kept(key);
  const old = !known || Date.now() - new Date(known.at) > ageMs;
  if (!old || !navigator.onLine) return known?.rows ?? null;
  return (await take(key).catch(() => known))?.rows ?? null;
}

export async function ask(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** Fetch all pages of a list of the API. */
export async function pages(url, progress = () => {}) {
  const rows = [];
  for (let cursor = ""; ;) {
    const page = await ask(`${url}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    rows.push(...page.items);
    progress(rows.length);
    cursor = page.next;
    if (!cursor || rows.length >= MOST) return rows;
  }
}
