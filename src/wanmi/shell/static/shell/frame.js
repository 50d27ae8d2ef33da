// The frame's own manners: folding the menu, closing menus, tabs that show one half of a split page.

const KEY = "wanmi.menu";
const frame = document.querySelector("[data-frame]");

if (frame && localStorage.getItem(KEY) === "narrow") frame.dataset.menu = "narrow";

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-fold]")) fold();
  const tab = event.target.closest("[data-show]");
  if (tab) show(tab);
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function fold() {
  const narrow = frame.dataset.menu !== "narrow";
  frame.dataset.menu = narrow ? "narrow" : "wide";
  localStorage.setItem(KEY, frame.dataset.menu);
}

/** [data-show="map"] inside a [data-tabs] shows that half of the split page on narrow screens. */
function show(tab) {
  const split = tab.closest("[data-split]");
  split.dataset.shown = tab.dataset.show;
  for (const other of split.querySelectorAll("[data-show]")) {
    other.setAttribute("aria-pressed", String(other === tab));
  }
}
