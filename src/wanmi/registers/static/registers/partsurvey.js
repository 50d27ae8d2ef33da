// <part-survey>: the register put right on the spot. What is proposed goes into the queue and waits there for a connection.
import { here } from "../field/here.js";
import { add, newKey } from "../field/queue.js";
import "../field/shots.js";
import "../field/classes.js";
import "../field/nearparts.js";
import { make, sayer } from "../field/words.js";

const say = sayer("part-survey-words");

class PartSurvey extends HTMLElement {
  connectedCallback() {
    [this.shots, this.classes, this.parts] = ["field-shots", "field-classes", "field-parts"].map((name) => this.querySelector(name));
    [this.kind, this.state, this.reason] = ["kind", "state", "reason"].map((name) => this.querySelector(`[name=${name}]`));
    this.addEventListener("change", ({ detail }) => { if (detail?.position && !this.point?.picked) this.#place(detail.position); this.#look(); });
    this.addEventListener("input", () => this.#look());
    this.addEventListener("wanmi:pick", ({ detail }) => this.#place({ ...detail, picked: true }));
    this.querySelector("[data-locate]").addEventListener("click", () => this.#locate(0));
    this.querySelector("[data-send]").addEventListener("click", () => this.#send());
    this.querySelector("[data-fresh]").addEventListener("click", () => this.#begin());
    this.querySelector("[data-where]").addEventListener("toggle", () => this.#map());
    this.closest("[data-panel]").addEventListener("field:show", () => { if (!this.point) this.#locate(); });
    this.#begin();
    this.dataset.ready = "";
  }

  #begin() {
    this.key = newKey();
    this.shots.restore([]);
    this.reason.value = "";
    this.point = null;
    this.querySelector("[data-done]").hidden = true;
    this.querySelector("[data-form]").hidden = false;
    this.#look();
    this.#locate();
  }

  async #locate(freshMs) {
    const found = await here(freshMs === undefined ? {} : { freshMs });
    if (found) this.#place(found);
    else this.querySelector("[data-position]").textContent = say("no_position");
  }

  async #place({ lon, lat, accuracy_m = null, picked = false }) {
    this.point = { lon, lat, picked };
    this.querySelector("[data-position]").textContent = accuracy_m ? say("position_within", { m: Math.round(accuracy_m) }) : say("position_picked");
    this.querySelector("[data-where] wanmi-map")?.setAttribute("mark", `${lon.toFixed(6)},${lat.toFixed(6)}`);
    // Which part is meant stays, wherever the phone or the new place is by now.
    if (!this.parts.value) await this.parts.around(this.point);
    this.#look();
  }

  #map() {
    const holder = this.querySelector("[data-where] [data-map]");
    if (holder.childElementCount) return;
    const at = this.point ? `${this.point.lon.toFixed(6)},${this.point.lat.toFixed(6)}` : null;
    holder.append(make("wanmi-map", { label: say("where"), basemap: holder.dataset.map, pick: true, center: at, mark: at, zoom: "18" }));
  }

  #look() {
    const kind = this.kind.value;
    for (const each of this.querySelectorAll("[data-for]")) each.hidden = !each.dataset.for.split(" ").includes(kind);
    const none = kind !== "add" && !this.parts.rows?.length;
    if (none) this.parts.hidden = true;
    this.querySelector("[data-none]").hidden = !none || !this.point;
    const isPart = this.classes.value?.kind === "part";
    const lacks = [
      !this.shots.shots.length && say("lacks_photo"),
      !this.point && say("lacks_place"),
      kind === "add" ? !isPart && say("lacks_part_class") : !this.parts.value && say("lacks_part"),
      this.reason.value.trim().length < 2 && say("lacks_reason"),
    ].filter(Boolean);
    this.querySelector("[data-lacks]").textContent = lacks.join(" · ");
    this.querySelector("[data-send]").disabled = lacks.length > 0;
  }

  async #send() {
    const { value: kind } = this.kind;
    const [part, row] = [this.parts.value, this.classes.value];
    const body = { kind, reason: this.reason.value.trim() };
    if (kind === "add") Object.assign(body, { category: row.code, state: this.state.value });
    else Object.assign(body, { part: part.identifier, ...(part.version ? { version: part.version } : {}) });
    if (kind === "state") body.state = this.state.value;
    if (kind === "add" || kind === "move") Object.assign(body, { lon: this.point.lon, lat: this.point.lat });
    const word = this.kind.selectedOptions[0].textContent;
    await add({ key: this.key, url: "/api/v1/part-requests", body, media: this.shots.shots, title: `${word} · ${row && kind === "add" ? row.name : part.identifier}`, kind: "part_request" });
    this.querySelector("[data-form]").hidden = true;
    this.querySelector("[data-done]").hidden = false;
    this.querySelector("[data-fresh]").focus();
  }
}

customElements.define("part-survey", PartSurvey);
