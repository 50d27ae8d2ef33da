// The terminal's service worker. The server writes self.FIELD = {version, assets, home} above this.
// Files of a version are kept whole and answered from the phone; the document too, while a newer one is fetched.
"use strict";
importScripts("/static/vendor/idb/umd.js", "/static/field/wiping.js", "/static/shell/vault.js", "/static/shell/outbox.js", "/static/shell/tus.js", "/static/field/sending.js", "/static/shell/rung.js");

const { version, assets, home } = self.FIELD;
const FILES = `wanmi-field-${version}`;
const DOCUMENT = "wanmi-field-document";
const MAP = "wanmi-field-map";
const OURS = /^wanmi-field-[0-9a-f]{16}$/;
const known = new Set(assets);

addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(begin()));

async function fill() {
  const files = await caches.open(FILES);
  await files.addAll(assets.map((url) => new Request(url, { cache: "reload" })));
  await renew().catch(() => null);
}

async function begin() {
  const names = await caches.keys();
  const old = names.filter((name) => OURS.test(name) && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
  if (old.length) for (const client of await self.clients.matchAll()) client.postMessage({ what: "renewed" });
}

/** Fetch the document anew and keep it, if it is the terminal and not the sign-in page. */
async function renew() {
  const answer = await fetch(home, { credentials: "same-origin", cache: "no-store" });
  if (answer.ok && !answer.redirected) await (await caches.open(DOCUMENT)).put(home, answer.clone());
  return answer;
}

async function document_(event) {
  const kept = await (await caches.open(DOCUMENT)).match(home);
  const fresh = renew();
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => null));
  return kept;
}

async function file(request, name) {
  const kept = await (await caches.open(FILES)).match(name);
  return kept ?? fetch(request);
}

/** The base map as it was taken along; where it was not, the network, and a blank tile without one. */
async function ground(request, url) {
  const kept = await (await caches.open(MAP)).match(url.href);
  return kept ?? fetch(request).catch(() => new Response(null, { status: 204 }));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === home) event.respondWith(document_(event));
  else if (url.pathname.startsWith("/basemap/")) event.respondWith(ground(request, url));
  else if (known.has(url.pathname)) event.respondWith(file(request, url.pathname));
});

addEventListener("sync", (event) => {
  if (event.tag === self.fieldQueue.SYNC) event.waitUntil(self.fieldQueue.flush());
});
