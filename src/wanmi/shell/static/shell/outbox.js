// What waits on this device to be sent: one mechanism for the public's pages and the field terminal. A plain script
// (after vendor/idb/umd.js) for pages and service workers alike: self.wanmiOutbox({...}).
// An item has a key; the server answers a repeated key as the first time, so that sent twice it is one deed.
"use strict";
// With a vault (shell/vault.js) rows lie sealed on the device; while it is locked they are counted, not sent.
self.wanmiOutbox = ({ name, version = 1, tag = name, stores = {}, send, settle = () => [], vault = null }) => {
  const KEPT = { waiting: "key", media: "key", ...stores };
  const heard = new Set();
  const channel = self.BroadcastChannel ? new BroadcastChannel(name) : null;
  let opened = null;

  function base() {
    opened ??= self.idb.openDB(name, version, {
      upgrade(db) {
        for (const [store, keyPath] of Object.entries(KEPT)) {
          if (!db.objectStoreNames.contains(store)) db.createObjectStore(store, { keyPath });
        }
      },
      blocking() { opened?.then((db) => db.close()); opened = null; },
      terminated() { opened = null; },
    });
    return opened;
  }

  function tell(detail) {
    for (const listener of heard) listener(detail);
    channel?.postMessage(detail);
  }
  channel?.addEventListener("message", ({ data }) => { for (const listener of heard) listener(data); });

  /** Write rows of several stores as one: [[store, row or null, key]]. On disc when it resolves. */
  async function write(changes) {
    if (!changes.length) return;
    // Sealed first: a transaction closes by itself while anything else is waited for.
    const sealed = vault ? await Promise.all(changes.map(async ([store, row, key]) => [store, row && await vault.seal(row), key])) : changes;
    const db = await base();
    const change = db.transaction([...new Set(sealed.map(([store]) => store))], "readwrite", { durability: "strict" });
    for (const [store, row, key] of sealed) {
      if (row) change.objectStore(store).put(row);
      else change.objectStore(store).delete(key);
    }
    await change.done;
  }

  const opens = (row) => vault ? vault.open(row) : row;
  const all = async (store) => Promise.all((await (await base()).getAll(store)).map(opens));
  const get = async (store, key) => opens(await (await base()).get(store, key));
  const put = (store, row) => write([[store, row]]);
  const ordered = async () => (await all("waiting")).sort((a, b) => a.seq - b.seq);

  /** Keep an item with its files ({name, type, blob, …}). Known keys are left as they are. */
  async function add(item, files = []) {
    const known = await get("waiting", item.key);
    if (known) return known;
    const last = (await ordered()).at(-1)?.seq ?? 0;
    const media = files.map((file, place) => ({ key: `${item.key}/${place}`, item: item.key, ...file }));
    const row = { state: "waiting", tried: 0, at: new Date().toISOString(), ...item, seq: Math.max(Date.now(), last + 1), media: media.map(({ key }) => key) };
    await write([["waiting", row], ...media.map((each) => ["media", each])]);
    tell({ what: "added", key: row.key });
    return row;
  }

  /** Take an item and its files off this device. */
  async function drop(store, key) {
    const item = store === "waiting" ? await get(store, key) : null;
    await write([[store, null, key], ...(item?.media ?? []).map((each) => ["media", null, each])]);
    tell({ what: "dropped", key });
  }

  async function filesOf(item) {
    const found = await Promise.all((item.media ?? []).map((key) => get("media", key)));
    return found.filter(Boolean);
  }

  async function attempt(item, files) {
    try {
      return await send(item, files, tools);
    } catch {
      return { state: "later", stop: true, said: {} };
    }
  }

  async function conclude(item, files, result) {
    const gone = [["waiting", null, item.key], ...(item.media ?? []).map((key) => ["media", null, key])];
    const { key, seq, state: _, ...rest } = item;
    if (result.state === "sent") await write([...gone, ...settle(item, result, files)]);
    else if (result.state === "refused") await write([["waiting", { ...rest, key, seq, state: "refused", said: result.said, refused: result.said?.detail ?? "" }], ...settle(item, result, files)]);
    else await write([["waiting", { ...rest, key, seq, state: "waiting", tried: (item.tried ?? 0) + 1, said: result.said }]]);
    tell({ what: result.state, key, said: result.said });
  }

  /** Send an item at once, without keeping it first; answers {state: "sent" | "refused" | "later", said}. */
  async function now(item, files = []) {
    const result = await send(item, files, tools).catch(() => ({ state: "later", said: {} }));
    if (result.state === "sent") await write(settle(item, result, files));
    return result;
  }

  async function flushed() {
    const done = [];
    const tried = new Set();
    for (;;) {
      const item = (await ordered()).find((each) => each.state !== "refused" && !tried.has(each.key));
      if (!item || item.locked) return done;
      tried.add(item.key);
      tell({ what: "sending", key: item.key });
      const files = await filesOf(item);
      const result = await attempt(item, files);
      // Whoever took it off the list meanwhile meant it.
      if (await get("waiting", item.key)) await conclude(item, files, result);
      done.push({ key: item.key, ...result });
      if (result.state === "later" && result.stop) return done;
    }
  }

  /** Send whatever waits, oldest first, one sender on this device at a time. */
  const flush = () => self.navigator.locks ? self.navigator.locks.request(tag, flushed) : flushed();

  /** Let something that was refused be tried again, changed if need be. */
  async function retry(key, changes = {}) {
    const item = await get("waiting", key);
    if (item) await put("waiting", { ...item, ...changes, state: "waiting", refused: undefined, said: undefined });
    tell({ what: "added", key });
  }

  /** Hear of every change here and in other tabs and the service worker; answers how to stop. */
  function watch(listener) {
    heard.add(listener);
    return () => heard.delete(listener);
  }

  /** Take the whole store off this device. */
  async function erase() {
    (await opened)?.close();
    opened = null;
    await self.idb.deleteDB(name);
  }

  const tools = { add, all, base, drop, erase, filesOf, flush, get, now, ordered, put, retry, tell, watch, write, SYNC: tag };
  return tools;
};
