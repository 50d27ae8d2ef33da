// What a service worker does when it is rung; also the whole worker of pages that have none of their own.
"use strict";

addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data?.json() ?? {};
  } catch {
    // Words that cannot be read still ring: the browser shows something either way.
  }
  const { title = "Wanmi", body = "", url = "/", tag = "" } = said;
  const shown = { body, tag, icon: "/static/shell/mark.svg", data: { url } };
  event.waitUntil(registration.showNotification(title, shown));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data?.url ?? "/", location.origin);
  if (wanted.origin === location.origin) event.waitUntil(lead(wanted.href));
});

/** Bring the page forward that shows it already, else open it. */
async function lead(href) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const known = pages.find((page) => page.url === href);
  return known ? known.focus() : clients.openWindow(href);
}
