// A phone that was taken from its person empties itself: whichever call of the page or of the service worker is answered
// 410 device_revoked. Loaded before everything else that fetches; self.fieldWipe() does it.
"use strict";
(() => {
  const fetched = self.fetch.bind(self);
  let begun = null;

  const gone = (name) => new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    // Still open somewhere: it goes as soon as that page is left, which is next.
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });

  async function empty() {
    for (const { name } of await indexedDB.databases?.() ?? []) await gone(name);
    for (const name of await caches.keys()) await caches.delete(name);
    self.localStorage?.clear();
    self.sessionStorage?.clear();
    const registrations = self.registration ? [self.registration] : await navigator.serviceWorker?.getRegistrations() ?? [];
    await Promise.all(registrations.map((each) => each.unregister()));
    if (self.clients) for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage({ what: "wiped" });
    else location.replace("/sign-in?next=/field/");
  }

  /** From now on nothing is opened or sent any more: what runs here waits until the page is left. */
  function still() {
    const never = () => new Promise(() => {});
    self.idb = { ...self.idb, openDB: never };
    self.fetch = never;
    return empty();
  }

  self.fieldWipe = () => begun ??= still();

  self.fetch = async (...asked) => {
    const answer = await fetched(...asked);
    if (answer.status !== 410) return answer;
    const { code } = await answer.clone().json().catch(() => ({}));
    if (code !== "device_revoked") return answer;
    self.fieldWipe();
    return new Promise(() => {});
  };

  self.navigator.serviceWorker?.addEventListener("message", ({ data }) => { if (data?.what === "wiped") self.fieldWipe(); });
})();
