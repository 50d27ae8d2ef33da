// Short news at the foot of the page; the server asks for one by the event "wanmi:toast".
import { csrfToken, icon, make, say } from "./words.js";

const STAYS_MS = 6000;
const box = () => document.getElementById("toasts");

export function toast(message, { kind = "plain", undo = "" } = {}) {
  const alert = kind === "error" ? { role: "alert" } : {};
  const note = make("div", { class: kind === "error" ? "toast toast--error" : "toast", "data-toast": true, ...alert });
  note.append(make("span", {}, message));
  if (undo) note.append(undoButton(undo, note));
  note.append(make("button", { class: "button button--icon", type: "button", "data-toast-close": true, "aria-label": say("close") }, icon("close")));
  box()?.append(note);
}

function undoButton(url, note) {
  const button = make("button", { class: "button", type: "button" }, say("undo"));
  button.addEventListener("click", async () => {
    note.remove();
    const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": csrfToken() } });
    if (answer.ok) location.reload();
    else toast(say("try_again"), { kind: "error" });
  });
  return button;
}

// Errors stay until they are closed: they say what to do.
function leaveAfterAWhile(note) {
  if (note.classList.contains("toast--error")) return;
  setTimeout(() => note.matches(":hover, :focus-within") ? leaveAfterAWhile(note) : note.remove(), STAYS_MS);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
});
document.addEventListener("wanmi:toast", (event) => toast(event.detail.message, event.detail));
document.addEventListener("htmx:error", (event) => {
  if (!event.detail?.ctx?.response) toast(say("try_again"), { kind: "error" });
});

if (box()) {
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.("[data-toast]")) leaveAfterAWhile(node);
    }
  }).observe(box(), { childList: true });
  box().querySelectorAll("[data-toast]").forEach(leaveAfterAWhile);
}
