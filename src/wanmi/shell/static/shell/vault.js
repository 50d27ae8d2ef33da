// What is kept on a phone is kept sealed: AES-GCM under a data key that lies here only wrapped. A plain script for pages and
// service workers: self.wanmiVault. The data key is wrapped by a key the browser never gives out and, once a PIN is set,
// by one derived from the PIN around that: without the PIN nothing is read, and guessing it works on this phone only.
"use strict";
self.wanmiVault = (() => {
  const NAME = "wanmi-vault";
  const ROUNDS = 600_000; // PBKDF2 with SHA-256, as OWASP asks since 2023
  const TRIES = 5;
  /** What stays readable: enough to order, count and send for; never what somebody wrote or photographed. */
  const CLEAR = new Set(["key", "seq", "state", "tried", "at", "person", "kind", "done", "item", "of", "media", "bytes", "count"]);
  let opened = null;
  let dataKey = null;
  /** What the PIN wraps, known while unlocked so that the PIN can be changed. */
  let held = null;

  const base = () => opened ??= self.idb.openDB(NAME, 1, {
    upgrade(db) { db.createObjectStore("keys", { keyPath: "key" }); },
    blocking() { opened?.then((db) => db.close()); opened = null; },
    terminated() { opened = null; },
  });
  const read = async () => (await base()).get("keys", "data");
  const write = async (row) => (await base()).put("keys", { key: "data", ...row });

  const random = (length) => crypto.getRandomValues(new Uint8Array(length));
  const encrypt = async (key, bytes) => { const iv = random(12); return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) }; };
  const decrypt = (key, { iv, box }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box);
  const usable = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

  async function fromPin(pin, salt) {
    const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
    return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  /** Make the keys of this phone once; of two that try at the same time the first wins. */
  async function begin() {
    const known = await read();
    if (known) return known;
    const phone = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const row = { key: "data", phone, tries: 0, pin: null, wrapped: await encrypt(phone, random(32)) };
    await (await base()).add("keys", row).catch(() => null);
    return read();
  }

  async function key() {
    if (dataKey) return dataKey;
    const row = await begin();
    if (row.pin) return null;
    dataKey = await usable(await decrypt(row.phone, row.wrapped));
    return dataKey;
  }

  const hasPin = async () => Boolean((await begin()).pin);
  const isLocked = async () => !dataKey && hasPin();
  const lock = async () => { if (await hasPin()) dataKey = held = null; };

  /** Set a PIN, or change it while unlocked. Answers whether it was done. */
  async function setPin(pin) {
    const row = await begin();
    const inner = row.pin ? held : row.wrapped;
    // After a change of PIN elsewhere, or while locked, there is nothing to wrap anew.
    if (!inner || !await key()) return false;
    const salt = random(16);
    const outer = await encrypt(await fromPin(pin, salt), bytesOf(inner));
    await write({ ...row, tries: 0, pin: { salt, ...outer }, wrapped: null });
    held = inner;
    return true;
  }

  const bytesOf = ({ iv, box }) => { const all = new Uint8Array(12 + box.byteLength); all.set(iv); all.set(new Uint8Array(box), 12); return all; };
  const partsOf = (bytes) => ({ iv: new Uint8Array(bytes.slice(0, 12)), box: bytes.slice(12) });

  /** Try a PIN: {open} or {open: false, left}; the count of tries outlives a restart. */
  async function unlock(pin) {
    const row = await begin();
    if (!row.pin) return { open: true };
    if (row.tries >= TRIES) return { open: false, left: 0 };
    // Counted before it is looked at: switching the phone off must not give a try back.
    await write({ ...row, tries: row.tries + 1 });
    try {
      held = partsOf(await decrypt(await fromPin(pin, row.pin.salt), row.pin));
      dataKey = await usable(await decrypt(row.phone, held));
    } catch {
      return { open: false, left: TRIES - row.tries - 1 };
    }
    await write({ ...row, tries: 0 });
    return { open: true };
  }

  /** Seal a row: all but the readable fields; its blobs, wherever they stand, beside the words. Throws while locked. */
  async function seal(row) {
    const seals = await key();
    if (!seals) throw new Error("locked");
    const part = (isClear) => Object.fromEntries(Object.entries(row).filter(([name]) => CLEAR.has(name) === isClear));
    const blobs = [];
    const words = JSON.stringify(part(false), (_, value) => value instanceof Blob ? { $blob: blobs.push(value) - 1 } : value);
    const sealed = {
      words: await encrypt(seals, new TextEncoder().encode(words)),
      blobs: await Promise.all(blobs.map(async (blob) => ({ type: blob.type, ...await encrypt(seals, await blob.arrayBuffer()) }))),
    };
    return { ...part(true), sealed };
  }

  /** Open a row; while locked its readable fields only, marked `locked`. Rows from before were never sealed. */
  async function open(row) {
    if (!row?.sealed) return row;
    const { sealed, ...clear } = row;
    const opens = await key();
    if (!opens) return { ...clear, locked: true };
    const blobs = await Promise.all(sealed.blobs.map(async (each) => new Blob([await decrypt(opens, each)], { type: each.type })));
    const words = new TextDecoder().decode(await decrypt(opens, sealed.words));
    return { ...clear, ...JSON.parse(words, (_, value) => value?.$blob === undefined ? value : blobs[value.$blob]) };
  }

  return { hasPin, isLocked, lock, open, seal, setPin, unlock, TRIES };
})();
