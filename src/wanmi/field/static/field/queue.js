// What a panel does is put here: kept on the phone first, sent when there is a connection, in order, once.
const box = self.fieldQueue;

const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;

/** Keep a deed and send it as soon as possible. Answers the kept item once it is on disc.
 *  {method, url, body, media: [{blob, name, said}], mediaField, key, title, kind, about: {case, words}} */
export async function add({ key = newKey(), media = [], method = "POST", ...rest }) {
  const person = (await me())?.id;
  const item = await box.add({ key, method, person, ...rest }, await Promise.all(media.map(measured)));
  const ready = await navigator.serviceWorker?.getRegistration("/field/");
  ready?.sync?.register(box.SYNC).catch(() => null);
  box.flush();
  return item;
}

// The digest is taken on the phone; the server compares it with what arrived.
const measured = async ({ blob, sha256, ...rest }) => ({ type: blob.type, ...rest, blob, sha256: sha256 ?? await self.wanmiTus.digest(blob) });

/** Who uses this phone: {id, username, name}; remembered for times without a connection. */
export async function me() {
  const known = JSON.parse(localStorage.getItem("wanmi.field.me") ?? "null");
  if (known) return known;
  const { user } = await box.who().catch(() => ({ user: null }));
  if (user) localStorage.setItem("wanmi.field.me", JSON.stringify(user));
  return user;
}

/** Hear of every change: {what: "added" | "sending" | "uploaded" | "sent" | "refused" | "later" | "dropped", key, said}. */
export const watch = (listener) => box.watch(listener);
export const flush = () => box.flush();
export const waiting = () => box.ordered();
export const sent = async () => (await box.all("sent")).sort((a, b) => b.done.localeCompare(a.done));
export const files = (item) => box.filesOf(item);
export const retry = async (key) => { await box.retry(key); return box.flush(); };
export const drop = (key, store = "waiting") => box.drop(store, key);
export const who = () => box.who(0);
export { newKey };
