// The detail that slides over the list. htmx fills #drawer and pushes its address; Esc and the arrow close it.

const drawer = () => document.getElementById("drawer");
let openedFrom = null;

function close() {
  const link = drawer()?.querySelector("[data-drawer-close]");
  if (!link) return;
  history.pushState({}, "", link.href);
  drawer().replaceChildren();
  mark(null);
  document.dispatchEvent(new CustomEvent("wanmi:closed"));
  (openedFrom?.isConnected ? openedFrom : document.getElementById("main"))?.focus();
}

/** Mark the row whose detail is open, so that list and map agree with the address. */
function mark(path) {
  for (const row of document.querySelectorAll("[data-row]")) {
    const isOpen = path !== null && row.querySelector("a[data-open]")?.pathname === path;
    row.toggleAttribute("aria-current", isOpen);
    if (isOpen) row.setAttribute("aria-current", "true");
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-open]");
  if (opener) openedFrom = opener;
  if (event.target.closest("[data-drawer-close]") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, details[open]")) return event.target.blur();
  close();
});

document.addEventListener("htmx:after:swap", () => {
  const title = drawer()?.querySelector("[data-drawer-title]");
  if (!title || title.dataset.seen) return;
  title.dataset.seen = "true";
  mark(location.pathname);
  title.focus({ preventScroll: true });
  const place = drawer().querySelector("[data-subject]")?.dataset.subject;
  if (place) document.dispatchEvent(new CustomEvent("wanmi:opened", { detail: { id: place } }));
});
