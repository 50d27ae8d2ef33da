// [data-dialog="#id"] opens a <dialog>, [data-dialog-close] closes it; a:[data-picture] shows a photograph large.
import { icon, make, say } from "./words.js";

function showPicture(link) {
  const title = make("h2", {}, link.dataset.picture);
  const close = make("button", { class: "button button--quiet button--icon", type: "button", "data-dialog-close": true, "aria-label": say("close") }, icon("close"));
  const picture = make("img", { src: link.href, alt: link.dataset.picture });
  const dialog = make("dialog", { class: "dialog dialog--picture", "aria-label": link.dataset.picture },
    make("div", { class: "dialog__head" }, title, close), make("div", { class: "dialog__body" }, picture));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.querySelector(opener.dataset.dialog)?.showModal();

  const picture = event.target.closest("a[data-picture]");
  if (picture && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    showPicture(picture);
  }

  // A click on the backdrop hits the dialog element itself.
  const closer = event.target.closest("[data-dialog-close]") ?? (event.target.matches("dialog[open]") ? event.target : null);
  closer?.closest("dialog").close();
});
