// A button marked data-take-words="SELECTOR" puts the words beside it (data-words) into that field, opens it and leads there.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-take-words]");
  if (!button) return;
  const scope = button.closest("#drawer") ?? document;
  const field = scope.querySelector(button.dataset.takeWords);
  const words = button.closest("li").querySelector("[data-words]").textContent.trim();
  if (!field) return;
  const way = field.closest("details");
  if (way) way.open = true;
  field.value = field.value.trim() ? `${field.value.trim()}\n${words}` : words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
