// [data-fill] holds values its form takes over when it is pressed; nothing is sent by that.
// Alt with a digit presses the [data-pick] of that digit in the form in use, else the first on the page.

function take(button) {
  for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) {
    const field = button.form?.elements.namedItem(name);
    if (!field) continue;
    const narrowed = field.closest?.("wanmi-narrow")?.querySelector("input");
    if (narrowed?.value) {
      narrowed.value = "";
      narrowed.dispatchEvent(new Event("input"));
    }
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (button.dataset.pick === undefined) return;
  for (const other of button.form.querySelectorAll("[data-pick]")) other.setAttribute("aria-pressed", String(other === button));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-fill]");
  if (!button) return;
  const stoodHere = document.activeElement === button;
  take(button);
  // What was pressed may be gone now: whoever stood on it stands at what was filled.
  if (stoodHere) button.form?.elements.namedItem(Object.keys(JSON.parse(button.dataset.fill))[0])?.focus();
});

document.addEventListener("keydown", (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
  const here = document.activeElement.closest("form") ?? document;
  const pick = [here, document].map((place) => [...place.querySelectorAll(`[data-pick="${digit}"]`)].find((each) => each.checkVisibility())).find(Boolean);
  if (!pick) return;
  event.preventDefault();
  pick.click();
});
