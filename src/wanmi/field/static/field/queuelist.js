// <field-queue>: everything that waits on this phone, each with its state; nothing leaves it silently.
import { drop, files, flush, retry, sent, waiting, watch } from "./queue.js";
import { icon, make, moment, say, size } from "./words.js";

const SHOWN = 50;
const STATES = { waiting: "clock", sending: "upload", refused: "warn", sent: "check" };

class QueueList extends HTMLElement {
  connectedCallback() {
    this.sending = null;
    watch(({ what, key }) => { this.sending = what === "sending" ? key : this.sending === key && what !== "uploaded" ? null : this.sending; this.draw(); });
    this.querySelector("[data-flush]").addEventListener("click", () => flush());
    this.addEventListener("click", (event) => this.#clicked(event.target.closest("button[data-key]")));
    this.closest("[data-panel]").addEventListener("field:show", () => this.draw());
    this.draw();
  }

  async draw() {
    const [items, done] = await Promise.all([waiting(), sent()]);
    const refused = items.filter(({ state }) => state === "refused");
    const rest = items.filter(({ state }) => state !== "refused");
    await this.#fill("[data-refused]", refused, (item) => this.#waits(item));
    await this.#fill("[data-waiting]", rest, (item) => this.#waits(item));
    await this.#fill("[data-done]", done.slice(0, SHOWN), (row) => this.#sent(row));
    this.querySelector("[data-none]").hidden = items.length + done.length > 0;
    this.querySelector("[data-flush]").disabled = !rest.length;
    this.dataset.ready = "";
  }

  async #fill(place, rows, draw) {
    const section = this.querySelector(place);
    section.hidden = !rows.length;
    section.querySelector("ul").replaceChildren(...await Promise.all(rows.map(draw)));
  }

  async #waits(item) {
    const state = this.sending === item.key ? "sending" : item.state === "refused" ? "refused" : "waiting";
    const kept = await files(item);
    const bytes = kept.reduce((sum, { blob }) => sum + blob.size, 0);
    const facts = [say(`state_${state}`), moment(item.at), kept.length ? say("files", { n: kept.length, size: size(bytes) }) : ""].filter(Boolean).join(" · ");
    const words = make("span", { class: "field__words" }, make("strong", {}, titleOf(item)), make("span", { class: "quiet small" }, facts));
    if (item.said?.detail) words.append(make("span", { class: "small" }, item.said.detail));
    const noted = item.state === "refused" && Boolean(item.about?.case);
    if (noted) words.append(make("span", { class: "small" }, say("noted")));
    const line = make("li", { class: "field__line", "data-state": state, "data-item": item.key }, icon(STATES[state]), words);
    if (state === "refused") line.append(make("span", { class: "field__do" }, worded(item.key, "retry", "undo", say("again")), worded(item.key, "drop", "check", say(noted ? "understood" : "discard"), noted)));
    else if (state === "waiting") line.append(make("span", { class: "field__do" }, button(item.key, "retry", "undo", say("again")), button(item.key, "drop", "close", say("discard"))));
    return line;
  }

  #sent({ key, title, kind, of, done, said }) {
    const words = make("span", { class: "field__words" }, make("strong", {}, titleOf({ title, kind, of })), make("span", { class: "quiet small" }, [said?.number, moment(done)].filter(Boolean).join(" · ")));
    return make("li", { class: "field__line", "data-state": "sent", "data-item": key }, icon(STATES.sent), words);
  }

  async #clicked(pressed) {
    if (!pressed) return;
    const { key, deed } = pressed.dataset;
    if (deed === "retry") await retry(key);
    else if (deed === "drop" && ("kept" in pressed.dataset || confirm(say("discard_sure")))) await drop(key);
    this.draw();
  }
}

const titleOf = ({ title, kind, of }) => kind === "note" && of !== undefined ? say("note_of", { title }) : title ?? kind ?? "";
const button = (key, deed, symbol, words) => make("button", { class: "button button--icon", type: "button", "data-key": key, "data-deed": deed, "aria-label": words, title: words }, icon(symbol));

const worded = (key, deed, symbol, words, kept = false) => make("button", { class: "button", type: "button", "data-key": key, "data-deed": deed, "data-kept": kept }, icon(symbol), words);

customElements.define("field-queue", QueueList);
