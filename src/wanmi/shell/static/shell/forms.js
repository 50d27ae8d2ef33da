// Forms that are sent once: the button rests while the answer is awaited, and a key tells a repeat from a second wish.

const keyOf = (form) => form.querySelector("input[name='idempotency_key']");

/** Give the form a fresh key; called when it is shown and after each accepted answer. */
function renew(form) {
  const key = keyOf(form);
  if (key) key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}

function rest(form, resting) {
  for (const button of form.querySelectorAll("button[type='submit'], button:not([type])")) {
    button.toggleAttribute("aria-busy", resting);
    if (resting) button.setAttribute("aria-busy", "true");
  }
  form.toggleAttribute("data-sent", resting);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const key = keyOf(form);
  if (key && !key.value) renew(form);
  rest(form, true);
}, true);

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form[data-once]");
  if (form) rest(form, false);
});

// Coming back through the browser's memory must not find a dead button.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => rest(form, false)));

// After a refused form the reader stands at the first thing to put right.
document.addEventListener("htmx:after:swap", () => document.querySelector("[data-focus-errors]:not([data-seen])")?.focus());
document.addEventListener("focusin", (event) => { if (event.target.matches("[data-focus-errors]")) event.target.dataset.seen = ""; });

// A control marked data-submit sends its form as soon as it changes.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
