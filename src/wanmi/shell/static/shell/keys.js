// The keyboard: "/" searches, j and k walk the rows, Enter opens, "?" lists the keys.
// Rows are [data-rows] > * with a link inside; Esc is answered where things open.

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open], wanmi-map");

function rowsOf(list) {
  const body = list.tBodies?.[0] ?? list;
  return [...body.children].filter((row) => opener(row));
}

const opener = (row) => row.querySelector("a[data-open], a[href]");

function walk(step) {
  const list = document.activeElement.closest("[data-rows]") ?? document.querySelector("[data-rows]");
  if (!list) return;
  const rows = rowsOf(list);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (!next) return;
  opener(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

const deeds = {
  "/": () => document.querySelector("[data-key-focus='/']")?.focus(),
  "?": () => document.getElementById("keyhelp")?.showModal(),
  j: () => walk(1),
  k: () => walk(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const deed = deeds[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

// A click anywhere in a table row opens it, unless something in the row was meant.
document.addEventListener("click", (event) => {
  const row = event.target.closest("table[data-rows] tbody tr");
  if (!row || event.target.closest("a, button, input, label, select, summary")) return;
  if (getSelection().isCollapsed) opener(row)?.click();
});
