// <my-record>: what I reported and checked; the last numbers are kept on the phone, each leads to its cases.
import { ask } from "../field/kit.js";
import * as store from "../field/store.js";
import { icon, make, moment, sayer } from "../field/words.js";

const say = sayer("record-words");

class Record extends HTMLElement {
  connectedCallback() {
    this.closest("[data-panel]").addEventListener("field:show", () => this.#draw());
    this.#draw();
  }

  async #draw() {
    for (const list of this.querySelectorAll("[data-period]")) await this.#fill(list, list.dataset.period);
    this.dataset.ready = "";
  }

  async #fill(list, period) {
    const key = `record-${period}`;
    const rows = await ask(`/api/v1/me/record?period=${period}`).catch(() => null);
    if (rows) await store.put("kept", { key, at: new Date().toISOString(), bytes: 0, count: rows.length, rows }).catch(() => null);
    const known = rows ? { rows } : await store.get("kept", key);
    this.querySelector("[data-age]").textContent = rows || !known ? "" : say("as_of", { when: moment(known.at) });
    list.replaceChildren(...(known?.rows ?? []).map((row) => line(row, period)));
  }
}

function line({ key, count, of, share }, period) {
  const more = share === null ? [] : [make("span", { class: "quiet small" }, say("share", { share, of }))];
  return make("li", {}, make("a", { class: "field__line", href: `/record?period=${period}&shown=${key}` }, make("span", { class: "field__words" }, make("strong", {}, say(key)), ...more), make("span", { class: "strong number" }, String(count)), icon("forward")));
}

customElements.define("my-record", Record);
