// Reports that wait on this device, and the codes of those that were sent. One plain script for the page and for
// the service worker: self.wanmiQueue. Each report has a key; sent twice, it is one report.
"use strict";
self.wanmiQueue = (() => {
  const STORES = { waiting: "key", mine: "code" };
  const SYNC = "wanmi-portal";
  let opened = null;

  function database() {
    opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open("wanmi-portal", 1);
      asked.onupgradeneeded = () => { for (const [name, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(name, { keyPath }); };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    return opened;
  }

  async function store(name, mode, deed) {
    const base = await database();
    return new Promise((resolve, reject) => {
      const change = base.transaction(name, mode);
      const asked = deed(change.objectStore(name));
      change.oncomplete = () => resolve(asked.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  }

  const put = (name, item) => store(name, "readwrite", (rows) => rows.put(item));
  const all = (name) => store(name, "readonly", (rows) => rows.getAll());
  const drop = (name, key) => store(name, "readwrite", (rows) => rows.delete(key));

  function body(item, more) {
    const form = new FormData();
    for (const [name, value] of [...item.fields, ...Object.entries(more)]) form.append(name, value);
    for (const { name, type, bytes } of item.files) form.append("photographs", new File([bytes], name, { type }));
    return form;
  }

  /** Work on a challenge until the digest begins with `bits` zero bits; the server asks for 14. */
  async function prove(challenge, bits = 14) {
    const text = new TextEncoder();
    for (let tried = 0; ; tried += 1) {
      const digest = new DataView(await crypto.subtle.digest("SHA-256", text.encode(`${challenge}:${tried}`)));
      if (digest.getUint32(0) >>> (32 - bits) === 0) return String(tried);
    }
  }

  async function post(item, more = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": item.token };
    const answer = await fetch(item.url, { method: "POST", body: body(item, more), headers, credentials: "same-origin" });
    const said = await answer.json().catch(() => ({}));
    if (said.code === "proof_needed" && !more.proof && self.crypto?.subtle) {
      return post(item, { challenge: said.challenge, proof: await prove(said.challenge) });
    }
    return { status: answer.status, said };
  }

  /** Send one report. Answers {state: "sent", code, url}, {state: "refused", said} or {state: "later", said}. */
  async function send(item) {
    try {
      const { status, said } = await post(item);
      if (status === 201) {
        await put("mine", { code: said.code, url: said.url, title: item.title, at: item.at });
        return { state: "sent", ...said };
      }
      return { state: status === 429 || status >= 500 || status === 403 ? "later" : "refused", said };
    } catch {
      return { state: "later", said: {} };
    }
  }

  async function flushed() {
    const done = [];
    for (const item of await all("waiting")) {
      if (item.refused) continue;
      const result = await send(item);
      if (result.state === "sent") await drop("waiting", item.key);
      if (result.state === "refused") await put("waiting", { ...item, refused: result.said.detail || "" });
      done.push(result);
    }
    return done;
  }

  /** Send whatever waits, one sender at a time. */
  const flush = () => self.navigator.locks ? self.navigator.locks.request(SYNC, flushed) : flushed();

  return { all, drop, flush, put, send, SYNC };
})();
