// The terminal's frame: which panel is open, the service worker, the state of the queue, who is signed in.
import { flush, sent, waiting, watch, who } from "./queue.js";
import { icon, say } from "./words.js";

const panels = new Map([...document.querySelectorAll("[data-panel]")].map((section) => [section.dataset.panel, section]));
const tabs = [...document.querySelectorAll("[data-tab-of]")];
const [title, back, said, state] = ["[data-title]", "[data-back]", "[data-said]", "[data-queue-state]"].map((name) => document.querySelector(name));
const loaded = new Map();
const KEEPS_SENT_MS = 7 * 86_400_000;
const TRIES_MS = 30_000;

/** Open the panel that the address names: #/tasks/12 opens "tasks" and tells it ["12"]. */
async function open() {
  const [key, ...rest] = location.hash.replace(/^#\/?/, "").split("?")[0].split("/").map(decodeURIComponent);
  const section = panels.get(key) ?? panels.get(tabs[0]?.dataset.tabOf);
  for (const each of panels.values()) each.hidden = each !== section;
  for (const tab of tabs) tab.toggleAttribute("aria-current", tab.dataset.tabOf === section.dataset.panel);
  title.textContent = section.dataset.label;
  back.hidden = "tab" in section.dataset && !rest.length;
  scrollTo(0, 0);
  await ready(section);
  section.dispatchEvent(new CustomEvent("field:show", { detail: { path: rest } }));
  document.body.dataset.open = section.dataset.panel;
}

/** Load a panel's module once; the first opening waits for it. */
function ready(section) {
  const { script, panel } = section.dataset;
  if (!script) return null;
  if (!loaded.has(panel)) loaded.set(panel, import(script));
  return loaded.get(panel);
}

async function drawState() {
  const items = await waiting();
  const refused = items.filter((item) => item.state === "refused").length;
  const rest = items.length - refused;
  const word = refused ? say("refused_count", { n: refused }) : rest ? say("waiting", { n: rest }) : navigator.onLine ? say("all_sent") : say("offline");
  state.dataset.state = refused ? "refused" : rest ? "waiting" : navigator.onLine ? "sent" : "offline";
  state.replaceChildren(icon(refused ? "warn" : rest ? "upload" : navigator.onLine ? "check" : "cross"), Object.assign(document.createElement("span"), { textContent: word }));
}

function tell(words, deed) {
  said.hidden = !words;
  said.textContent = words;
  said.onclick = deed ?? null;
}

/** Look who is signed in; a phone handed on shows nothing of who had it before. */
async function greet() {
  const { user, version } = await who().catch(() => ({}));
  if (user === undefined) return;
  if (user === null) return tell(say("signed_out"), () => location.assign("/sign-in?next=/field/"));
  const before = JSON.parse(localStorage.getItem("wanmi.field.me") ?? "null");
  localStorage.setItem("wanmi.field.me", JSON.stringify(user));
  if (before && before.id !== user.id) tell(say("other_person"));
  for (const place of document.querySelectorAll("[data-who]")) place.textContent = user.name;
  if (version !== JSON.parse(document.getElementById("field-version").textContent)) update();
  document.dispatchEvent(new CustomEvent("field:session", { detail: { user, before } }));
}

async function update() {
  const registration = await navigator.serviceWorker?.getRegistration("/field/");
  await registration?.update().catch(() => null);
}

async function install() {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.what === "renewed") tell(say("new_version"), () => location.reload());
  });
  await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
  await navigator.serviceWorker.ready;
}

/** Received things are shown for a week, then their lines go. */
async function prune() {
  const limit = new Date(Date.now() - KEEPS_SENT_MS).toISOString();
  for (const row of await sent()) if (row.done < limit) await self.fieldQueue.drop("sent", row.key);
}

function again() {
  drawState();
  if (navigator.onLine) flush();
}

addEventListener("hashchange", open);
addEventListener("online", () => { again(); greet(); });
addEventListener("offline", drawState);
document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
setInterval(async () => { if (navigator.onLine && (await waiting()).some((item) => item.state !== "refused")) flush(); }, TRIES_MS);
back.addEventListener("click", () => history.length > 1 ? history.back() : location.assign("#/"));
watch(drawState);
open().finally(() => { document.body.dataset.started = ""; });
again();
prune();
greet();
install().catch(() => null).finally(() => { document.body.dataset.installed = ""; });
navigator.storage?.persist?.();
