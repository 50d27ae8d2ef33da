// How the terminal sends what waits: self.fieldQueue, for the page and the service worker. Needs shell/vault.js, outbox.js, tus.js.
// An item is {key, title, kind, method, url, body, mediaField, about: {case, words}}; its files go first, piece by piece,
// and their numbers are put into body[mediaField]. The key goes along as Idempotency-Key.
"use strict";
self.fieldQueue = (() => {
  const SESSION = "/field/session";
  const UPLOADS = "/api/v1/uploads";
  const LATER = new Set([401, 408, 425, 429]);
  const MOVED = new Set([409, 460]);
  let session = null;
  let asked = 0;

  /** Ask who is signed in; a moment old will do for a burst. Throws without a connection. */
  async function who(freshMs = 20_000) {
    if (session && Date.now() - asked < freshMs) return session;
    const answer = await fetch(SESSION, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    session = answer.ok ? await answer.json() : { user: null };
    asked = Date.now();
    return session;
  }

  const headers = () => ({ Accept: "application/json", "X-CSRFToken": session?.csrf ?? "" });

  async function call(method, url, { body, key } = {}) {
    const more = { "Content-Type": "application/json", ...(key ? { "Idempotency-Key": key } : {}) };
    const answer = await fetch(url, { method, credentials: "same-origin", headers: { ...headers(), ...more }, body: body === undefined ? undefined : JSON.stringify(body) });
    return { status: answer.status, said: await answer.json().catch(() => ({})) };
  }

  /** Bring the files of an item to the server; answers null when all are there, else what stopped it. */
  async function bring(item, files, box) {
    for (const file of files) {
      if (file.id) continue;
      const result = await self.wanmiTus.upload(UPLOADS, file, headers(), (bytes) => box.tell({ what: "uploaded", key: item.key, bytes }));
      // An upload that stands elsewhere, or arrived broken, is taken up anew at the next try.
      if (MOVED.has(result.status)) return { state: "later", stop: true, said: result.said };
      if (result.status >= 300) return verdict(result);
      // Known from now on, so that a second try names the same medium.
      file.id = result.id;
      await box.put("media", file);
    }
    return null;
  }

  const verdict = ({ status, said }) => status < 300 ? { state: "sent", said } : LATER.has(status) || status >= 500 ? { state: "later", stop: true, said } : { state: "refused", said: { status, ...said } };

  async function send(item, files, box) {
    const { user } = await who();
    if (!user) return { state: "later", stop: true, said: { code: "signed_out" } };
    if (item.person && item.person !== user.id) return { state: "later", said: { code: "other_person" } };
    const stopped = await bring(item, files, box);
    if (stopped) return stopped;
    const place = item.mediaField ?? "media";
    const body = files.length ? { ...item.body, [place]: [...(item.body?.[place] ?? []), ...files.map(({ id }) => id)] } : item.body;
    return verdict(await call(item.method ?? "POST", item.url, { body, key: item.key }));
  }

  /** What becomes of an item: a line of what was received; or, refused, a note on the case it was about. */
  function settle(item, { state, said }, files) {
    const { key, title, kind, at, person, about, of } = item;
    if (state === "sent") return [["sent", { key, title, kind, of, at, person, done: new Date().toISOString(), said }]];
    if (!about?.case || kind === "note") return [];
    const words = [about.words ?? title, said.detail].filter(Boolean).join("\n");
    const media = files.map(({ id }) => id).filter(Boolean);
    const note = { key: `${key}-note`, kind: "note", of: key, person, title, at: new Date().toISOString(), seq: Date.now(), state: "waiting", tried: 0, media: [], method: "POST", url: `/api/v1/cases/${encodeURIComponent(about.case)}/notes`, body: { words, media } };
    return [["waiting", note]];
  }

  const box = self.wanmiOutbox({ name: "wanmi-field-queue", version: 1, stores: { sent: "key" }, send, settle, vault: self.wanmiVault });
  return { ...box, who, call };
})();
