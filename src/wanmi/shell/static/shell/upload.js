// <wanmi-upload>: sends files to /api/v1/media one by one and keeps their ids in hidden fields.
import { csrfToken, icon, make, say } from "./words.js";

class Upload extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".uploads__list");
    this.input = this.querySelector("input[type='file']");
    this.said = this.querySelector("[role='status']");
    this.input.addEventListener("change", () => { this.#take(this.input.files); this.input.value = ""; });
    this.addEventListener("click", (event) => event.target.closest("[data-remove]")?.closest("li").remove());
    for (const name of ["dragover", "dragleave", "drop"]) this.addEventListener(name, (event) => this.#drag(event));
    this.dataset.ready = "";
  }

  #drag(event) {
    event.preventDefault();
    this.toggleAttribute("data-over", event.type === "dragover");
    if (event.type === "drop") this.#take(event.dataTransfer.files);
  }

  #take(files) {
    for (const file of files) this.#send(file, this.#row(file));
  }

  #row(file) {
    const isPicture = file.type.startsWith("image/");
    const face = isPicture ? make("img", { src: URL.createObjectURL(file), alt: file.name }) : make("span", { class: "uploads__kind" }, icon(kindIcon(file)));
    const remove = make("button", { class: "button button--icon", type: "button", "data-remove": true, "aria-label": `${say("remove")} ${file.name}` }, icon("close"));
    const row = make("li", { class: "uploads__item" }, face, make("progress", { max: 100, value: 0, "aria-label": say("uploading", { name: file.name }) }), remove);
    this.list.append(row);
    return row;
  }

  #send(file, row) {
    const limit = Number(this.getAttribute("max-mb") || 50);
    if (file.size > limit * 1e6) return this.#fail(file, row, say("too_large", { n: limit }));
    const form = new FormData();
    form.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", this.getAttribute("url"));
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.responseType = "json";
    request.upload.onprogress = (event) => { row.querySelector("progress").value = (100 * event.loaded) / event.total; };
    request.onload = () => request.status < 300 ? this.#keep(file, row, request.response) : this.#fail(file, row, request.response?.detail ?? request.statusText);
    request.onerror = () => this.#fail(file, row, say("no_connection"));
    request.send(form);
  }

  #keep(file, row, media) {
    row.querySelector("progress").remove();
    row.append(make("input", { type: "hidden", name: this.getAttribute("name"), value: media.id }));
    this.said.textContent = say("uploaded", { name: file.name });
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #fail(file, row, why) {
    row.remove();
    this.said.textContent = say("upload_failed", { name: file.name, why });
    document.dispatchEvent(new CustomEvent("wanmi:toast", { detail: { message: this.said.textContent, kind: "error" } }));
  }
}

const kindIcon = (file) => file.type.startsWith("video/") ? "video" : file.type.startsWith("audio/") ? "sound" : "case";

customElements.define("wanmi-upload", Upload);
