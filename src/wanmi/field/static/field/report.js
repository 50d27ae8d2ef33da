// <field-report>: photographs first, then class, part, words; three taps where the class was used before.
// A draft is kept on the phone at every step and put back, photographs and all.
import { here } from "./here.js";
import { add, newKey } from "./queue.js";
import "./shots.js";
import "./classes.js";
import "./nearparts.js";
import * as store from "./store.js";
import { make, say } from "./words.js";

const DRAFT = "report";
const WAIT_MS = 250;

class Report extends HTMLElement {
  async connectedCallback() {
    [this.shots, this.classes, this.parts] = ["field-shots", "field-classes", "field-parts"].map((name) => this.querySelector(name));
    this.words = this.querySelector("[name=words]");
    this.address = this.querySelector("[name=address]");
    await customElements.whenDefined("field-classes");
    this.addEventListener("change", (event) => this.#changed(event));
    this.addEventListener("input", () => this.#keep());
    this.addEventListener("wanmi:pick", ({ detail }) => this.#place({ ...detail, accuracy_m: null, picked: true }));
    this.querySelector("[data-send]").addEventListener("click", () => this.#send());
    this.querySelector("[data-locate]").addEventListener("click", () => this.#locate(0));
    this.querySelector("[data-fresh]").addEventListener("click", () => this.#begin());
    this.querySelector("details[data-where]").addEventListener("toggle", () => this.#map());
    this.closest("[data-panel]").addEventListener("field:show", () => { if (!this.point) this.#locate(); });
    await this.#restore();
    this.dataset.ready = "";
  }

  async #restore() {
    const draft = await store.get("drafts", DRAFT);
    this.key = draft?.key_ ?? newKey();
    if (!draft) return this.#locate();
    this.shots.restore(draft.shots ?? []);
    await new Promise((resolve) => { const ready = () => ("ready" in this.classes.dataset ? resolve() : setTimeout(ready, 30)); ready(); });
    if (draft.chosen) this.classes.choose(draft.chosen, false);
    this.words.value = draft.words ?? "";
    this.address.value = draft.address ?? "";
    if (draft.point) await this.#place(draft.point, false);
    if (draft.part) this.parts.choose(draft.part);
    this.#look();
    if (!draft.point) this.#locate();
  }

  #changed(event) {
    const position = event.detail?.position;
    if (position && !this.point?.picked) this.#place(position);
    this.#keep();
    this.#look();
  }

  #keep() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#write(), WAIT_MS);
  }

  async #write() {
    clearTimeout(this.timer);
    await store.put("drafts", { key: DRAFT, key_: this.key, shots: this.shots.shots, chosen: this.classes.value?.key, words: this.words.value, address: this.address.value, point: this.point, part: this.parts.value?.identifier });
    this.dataset.kept = "";
  }

  async #locate(freshMs) {
    const found = await here(freshMs === undefined ? {} : { freshMs });
    if (found) await this.#place(found);
    else this.querySelector("[data-position]").textContent = say("no_position");
  }

  async #place(point, isNews = true) {
    this.point = { lon: point.lon, lat: point.lat, accuracy_m: point.accuracy_m ?? null, picked: point.picked ?? false };
    const { lon, lat, accuracy_m } = this.point;
    this.querySelector("[data-position]").textContent = accuracy_m ? say("position_within", { m: Math.round(accuracy_m) }) : say("position_picked");
    this.querySelector("[data-where] wanmi-map")?.setAttribute("mark", `${lon.toFixed(6)},${lat.toFixed(6)}`);
    if (isNews) this.#keep();
    this.#look();
    await Promise.all([this.parts.around(this.point), this.#address()]);
  }

  // What the place is called is the server's to say; without it the point alone will do.
  async #address() {
    if (!navigator.onLine || this.address.value) return;
    const answer = await fetch(`/api/v1/locate?lon=${this.point.lon}&lat=${this.point.lat}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok && !this.address.value) this.address.value = (await answer.json()).address ?? "";
  }

  #map() {
    const holder = this.querySelector("[data-where] [data-map]");
    if (holder.childElementCount) return;
    const at = this.point ? `${this.point.lon.toFixed(6)},${this.point.lat.toFixed(6)}` : null;
    holder.append(make("wanmi-map", { label: say("where"), basemap: holder.dataset.map, pick: true, center: at, mark: at, zoom: "17" }));
  }

  #look() {
    const lacks = [!this.shots.shots.length && say("lacks_photo"), !this.point && say("lacks_place"), !this.classes.value && !this.words.value.trim() && say("lacks_class")].filter(Boolean);
    this.querySelector("[data-lacks]").textContent = lacks.join(" · ");
    this.querySelector("[data-send]").disabled = lacks.length > 0;
  }

  async #send() {
    if (this.sending) return;
    this.sending = true;
    const { classes: { value }, point } = this;
    const words = this.words.value.trim() || value.name;
    const body = { description: words, lon: point.lon, lat: point.lat, system: "wgs84", kind: value?.kind ?? "", category: value?.code ?? "", part: this.parts.value?.identifier ?? "", address: this.address.value.trim() };
    await add({ key: this.key, url: "/api/v1/reports", body, media: this.shots.shots, title: [...new Set([value?.name, words])].filter(Boolean).join(" · ").slice(0, 60), kind: "report" });
    await store.drop("drafts", DRAFT);
    this.#done();
  }

  #done() {
    this.querySelector("[data-form]").hidden = true;
    const done = this.querySelector("[data-done]");
    done.hidden = false;
    done.querySelector("button, a").focus();
    this.sending = false;
    this.dataset.sent = String(Number(this.dataset.sent ?? 0) + 1);
  }

  #begin() {
    this.key = newKey();
    this.point = null;
    this.shots.restore([]);
    this.classes.choose(null, false);
    this.words.value = this.address.value = "";
    this.querySelector("[data-done]").hidden = true;
    this.querySelector("[data-form]").hidden = false;
    delete this.dataset.kept;
    scrollTo(0, 0);
    this.#locate();
    this.#look();
  }
}

customElements.define("field-report", Report);
