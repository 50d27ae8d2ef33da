// How the terminal sends what waits: self.fieldQueue, for the page and the service worker. Needs shell/outbox.js.
// An item is {key, title, kind, method, url, body, mediaField, about: {case}}; its files go first, one by one, and their
// numbers are put into body[mediaField]. The key goes along as Idempotency-Key.
"use strict";
self.fieldQueue = (() => {
  const SESSION = "/field/session";
  const LATER = new Set([401, 408, 425, 429]);
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

  async function call(method, url, { body, key, headers = {} } = {}) {
    const answer = await fetch(url, {
      method,
      credentials: "same-origin",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": session?.csrf ?? "", ...(key ? { "Idempotency-Key": key } : {}), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, said: await answer.json().catch(() => ({})) };
  }

  async function upload(file) {
    const form = new FormData();
    form.append("file", new File([file.blob], file.name ?? "file", { type: file.type }));
    const answer = await fetch("/api/v1/media", { method: "POST", body: form, credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": session.csrf, "Idempotency-Key": file.key } });
    return { status: answer.status, said: await answer.json().catch(() => ({})) };
  }

  const verdict = ({ status, said }) => status < 300 ? { state: "sent", said } : LATER.has(status) || status >= 500 ? { state: "later", stop: true, said } : { state: "refused", said: { status, ...said } };

  async function send(item, files, box) {
    const { user } = await who();
    if (!user) return { state: "later", stop: true, said: { code: "signed_out" } };
    if (item.person && item.person !== user.id) return { state: "later", said: { code: "other_person" } };
    for (const file of files) {
      if (file.id) continue;
      const result = await upload(file, box);
      if (result.status >= 300) return verdict(result);
      // Known from now on, so that a second try names the same medium.
      file.id = result.said.id;
      await box.put("media", file);
      box.tell({ what: "uploaded", key: item.key });
    }
    const place = item.mediaField ?? "media";
    const body = files.length ? { ...item.body, [place]: [...(item.body?.[place] ?? []), ...files.map(({ id }) => id)] } : item.body;
    return verdict(await call(item.method ?? "POST", item.url, { body, key: item.key }));
  }

  const settle = ({ key, title, kind, at }, { state, said }) => state === "sent" ? [["sent", { key, title, kind, at, done: new Date().toISOString(), said }]] : [];

  const box = self.wanmiOutbox({ name: "wanmi-field-queue", version: 1, stores: { sent: "key" }, send, settle });
  return { ...box, who, call };
})();
