// [data-copy="#id"] copies the value of a field; [data-copied] holds the word that says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.querySelector(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  } catch {
    // Without a clipboard the value stays selected for the keyboard.
    field.focus();
  }
});
