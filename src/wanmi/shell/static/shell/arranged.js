// An ordered list of a form: buttons move a line, a number sends it to its place; the keyboard stays with it.

function number(list) {
  [...list.children].forEach((row, at) => { row.querySelector("[data-place]").value = at + 1; });
}

addEventListener("click", (event) => {
  const button = event.target.closest("[data-arranged] [data-move]");
  if (!button) return;
  const row = button.closest("li");
  const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (button.dataset.move === "up") other.before(row); else other.after(row);
  number(row.parentElement);
  button.focus();
});

addEventListener("change", (event) => {
  const input = event.target.closest("[data-arranged] [data-place]");
  const wanted = Number(input?.value);
  if (!input || !Number.isInteger(wanted) || wanted < 1) return;
  const row = input.closest("li"), list = row.parentElement;
  row.remove();
  list.insertBefore(row, list.children[wanted - 1] ?? null);
  number(list);
  input.focus();
});
