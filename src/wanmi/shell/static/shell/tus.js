// A small client of tus 1.0 (creation, checksum) for pages and service workers: self.wanmiTus. A file begun with a key
// is found again by that key, so that what arrived is not sent twice, whatever was lost meanwhile.
"use strict";
self.wanmiTus = (() => {
  const PIECE = 512 * 1024;
  const VERSION = { "Tus-Resumable": "1.0.0" };
  const inBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const encoded = (text) => inBase64(new TextEncoder().encode(text));

  /** The SHA-256 of a file, hexadecimal. */
  async function digest(blob) {
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    return Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const failed = async (answer) => ({ status: answer.status, said: await answer.json().catch(() => ({})) });
  const offsetOf = (answer) => Number(answer.headers.get("Upload-Offset"));
  const mediumOf = (answer) => Number(answer.headers.get("Wanmi-Media")) || null;

  async function begin(url, file, headers) {
    const pairs = Object.entries({ filename: file.name ?? "", sha256: file.sha256, said: JSON.stringify(file.said ?? {}) });
    const metadata = pairs.filter(([, text]) => text).map(([name, text]) => `${name} ${encoded(text)}`).join(",");
    return fetch(url, { method: "POST", credentials: "same-origin", headers: { ...headers, ...VERSION, "Idempotency-Key": file.key, "Upload-Length": String(file.blob.size), "Upload-Metadata": metadata } });
  }

  async function add(place, piece, offset, headers) {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await piece.arrayBuffer()));
    return fetch(place, { method: "PATCH", credentials: "same-origin", body: piece, headers: { ...headers, ...VERSION, "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset), "Upload-Checksum": `sha256 ${inBase64(sum)}` } });
  }

  /** Bring a file {key, blob, name, sha256, said} to the server; goes on where it stands there.
   *  Answers {status, id} or {status, said}; throws without a connection. `heard(bytes)` tells of each piece. */
  async function upload(url, file, headers, heard = () => {}) {
    const begun = await begin(url, file, headers);
    if (!begun.ok) return failed(begun);
    let [offset, id] = [offsetOf(begun), mediumOf(begun)];
    const place = begun.headers.get("Location");
    while (!id) {
      const answer = await add(place, file.blob.slice(offset, offset + PIECE), offset, headers);
      if (!answer.ok) return failed(answer);
      [offset, id] = [offsetOf(answer), mediumOf(answer)];
      heard(offset);
    }
    return { status: 201, id };
  }

  return { digest, upload };
})();
