// The portal's service worker: keeps its pages and scripts for times without a connection, sends what waits.
"use strict";
importScripts("/static/vendor/idb/umd.js", "/static/shell/outbox.js", "/static/portal/queue.js", "/static/shell/rung.js");

const KEPT = "wanmi-portal-2";
const PAGES = ["/public/", "/public/report", "/public/mine"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PAGES)).then(() => self.skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

// The page names what it was built from; on its first visit nothing of that came through here.
addEventListener("message", (event) => {
  const urls = (event.data?.keep ?? []).filter((url) => new URL(url).origin === location.origin);
  event.waitUntil(caches.open(KEPT).then((kept) => Promise.all(urls.map((url) => kept.add(url).catch(() => null)))));
});

addEventListener("sync", (event) => {
  if (event.tag === self.wanmiQueue.SYNC) event.waitUntil(self.wanmiQueue.flush());
});

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && PAGES.includes(url.pathname)) event.respondWith(fresh(event.request, url.pathname));
  else if (url.pathname.startsWith("/static/")) event.respondWith(fresh(event.request, url.href));
});

/** Answer from the network and keep the answer; without a connection answer what was kept. */
async function fresh(request, name) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic") await kept.put(name, answer.clone());
    return answer;
  } catch (error) {
    const known = await kept.match(name);
    if (known) return known;
    throw error;
  }
}
