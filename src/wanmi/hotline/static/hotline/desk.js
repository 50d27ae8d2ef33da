// The hotline desk: keys that go to a part of it, places taken over, clocks that tick.
const form = document.getElementById("callform");

// [data-join] names the case a report follows; a place that was taken over (see fill.js) ends the list.
document.addEventListener("click", (event) => {
  const join = event.target.closest("[data-join]");
  if (join) follow(join);
  if (event.target.closest("#places [data-fill]")) document.getElementById("places").replaceChildren();
});

function follow(button) {
  const chosen = button.getAttribute("aria-pressed") !== "true";
  for (const other of document.querySelectorAll("[data-join]")) other.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", String(chosen));
  form.elements.joins.value = chosen ? button.dataset.join : "";
}

// A dialog is about the call it was opened for: the button says where its form goes.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog][data-path]");
  const target = opener && document.querySelector(`${opener.dataset.dialog} form`);
  if (target) target.action = opener.dataset.path;
});

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-dialog-form]")) return;
  event.preventDefault();
  event.target.closest("dialog").close();
  const answer = await fetch(event.target.action, { method: "POST", body: new FormData(event.target), headers: { "HX-Request": "true" } });
  if (!answer.ok) document.getElementById("toasts").insertAdjacentHTML("beforeend", await answer.text());
  for (const [name, detail] of Object.entries(JSON.parse(answer.headers.get("HX-Trigger") ?? "{}"))) {
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }
  document.getElementById("now").dispatchEvent(new CustomEvent("wanmi:refresh"));
  event.target.reset();
});

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open], wanmi-map");

const deeds = {
  F2: () => focusIn('[data-key="F2"]'),
  F4: () => focusIn('[data-key="F4"]'),
  F6: () => focusIn('[data-key="F6"]'),
  F8: () => focusIn('[data-key="F8"]'),
  F9: () => document.querySelector('[data-dialog="#hand"]')?.click(),
  F10: () => document.querySelector('[data-dialog="#back"]')?.click(),
};
const plain = {
  r: () => document.querySelector('[data-key="r"]')?.click(),
  b: () => document.querySelector('[data-key="b"]')?.focus(),
};

function focusIn(selector) {
  document.querySelector(`${selector} :is(input, textarea, select):not([type=hidden])`)?.focus();
}

if (form) document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey && form.contains(event.target)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const deed = deeds[event.key] ?? (isTyping(event.target) ? undefined : plain[event.key]);
  if (!deed) return;
  event.preventDefault();
  deed();
});

function tick() {
  for (const clock of document.querySelectorAll("[data-since]")) {
    const until = clock.dataset.until ? Date.parse(clock.dataset.until) : Date.now();
    const seconds = Math.max(0, Math.round((until - Date.parse(clock.dataset.since)) / 1000));
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, "0"));
    clock.textContent = [...(seconds >= 3600 ? [Math.floor(seconds / 3600)] : []), ...parts].join(":");
  }
}
tick();
setInterval(tick, 1000);
