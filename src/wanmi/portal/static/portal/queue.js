// Reports that wait on this device, and the codes of those that were sent: self.wanmiQueue, for page and service worker.
"use strict";
self.wanmiQueue = (() => {
  function body(item, files, more) {
    const form = new FormData();
    for (const [name, value] of [...item.fields, ...Object.entries(more)]) form.append(name, value);
    for (const { name, type, blob } of files) form.append("photographs", new File([blob], name, { type }));
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

  async function post(item, files, more = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": item.token };
    const answer = await fetch(item.url, { method: "POST", body: body(item, files, more), headers, credentials: "same-origin" });
    const said = await answer.json().catch(() => ({}));
    if (said.code === "proof_needed" && !more.proof && self.crypto?.subtle) {
      return post(item, files, { challenge: said.challenge, proof: await prove(said.challenge) });
    }
    return { status: answer.status, said };
  }

  async function send(item, files) {
    const { status, said } = await post(item, files);
    if (status === 201) return { state: "sent", said };
    return { state: status === 429 || status >= 500 || status === 403 ? "later" : "refused", said };
  }

  const settle = ({ title, at }, { state, said }) => state === "sent" ? [["mine", { code: said.code, url: said.url, title, at }]] : [];

  return self.wanmiOutbox({ name: "wanmi-portal", version: 2, stores: { mine: "code" }, send, settle });
})();
