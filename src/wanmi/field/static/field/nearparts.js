// <field-parts>: the parts around a point, as a list by distance and on the map; offline from what was taken along.
// `value` is {identifier, category}; `around({lon, lat})` asks anew; "change" when one was chosen.
import { far, metres } from "./here.js";
import { kept } from "./kit.js";
import { make, say } from "./words.js";

const METRES = 100;
const SHOWN = 12; // on the map
const LISTED = 4;
const zh = document.documentElement.lang.startsWith("zh");

const name = (row) => (zh ? row.name_zh : row.name_en || row.name_zh);

class Parts extends HTMLElement {
  value = null;

  connectedCallback() {
    this.addEventListener("click", (event) => {
      const row = event.target.closest("[data-part]");
      if (row) this.choose(row.dataset.part);
    });
    this.querySelector("details").addEventListener("toggle", () => this.map && this.querySelector("[data-map]").replaceChildren(this.map));
    this.addEventListener("wanmi:select", (event) => this.choose(event.detail.id));
  }

  async around(point) {
    this.rows = (await online(point) ?? await offline(point)).slice(0, SHOWN);
    this.value = this.rows.find(({ identifier }) => identifier === this.value?.identifier) ?? null;
    this.hidden = !this.rows.length;
    this.#draw(point);
    this.dataset.looked = "";
  }

  choose(identifier) {
    const row = this.rows?.find((each) => each.identifier === identifier) ?? null;
    this.value = row && this.value?.identifier !== identifier ? row : null;
    this.#list();
    this.querySelector(`[data-part="${CSS.escape(identifier)}"]`)?.focus({ preventScroll: true });
    this.querySelector("wanmi-map")?.setAttribute("selected", this.value?.identifier ?? "");
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The nearest, and whichever was chosen on the map.
  #listed = () => this.rows.filter((row, place) => place < LISTED || row === this.value);

  #draw({ lon, lat }) {
    this.#list();
    this.#onMap(lon, lat);
  }

  #list() {
    this.querySelector("ul").replaceChildren(...this.#listed().map((row) => make("li", {}, make("button", { class: "field__line parts__part", type: "button", "data-part": row.identifier, "aria-pressed": String(row === this.value) }, make("span", { class: "field__words" }, make("strong", {}, name(row)), make("span", { class: "quiet small" }, `${row.identifier} · ${say(`state_of_${row.state}`)}`)), make("span", { class: "strong" }, far(row.distance_m))))));
  }

  #onMap(lon, lat) {
    const holder = this.querySelector("[data-map]");
    const points = make("script", { type: "application/json" });
    points.textContent = JSON.stringify(this.rows.map((row) => ({ id: row.identifier, label: name(row), lon: row.lon, lat: row.lat })));
    this.map = make("wanmi-map", { label: say("parts_map"), basemap: holder.dataset.map, center: `${lon},${lat}`, zoom: "17", mark: `${lon},${lat}` });
    this.map.append(points);
    if (this.querySelector("details").open) holder.replaceChildren(this.map);
  }
}

async function online({ lon, lat }) {
  if (!navigator.onLine) return null;
  const answer = await fetch(`/api/v1/parts/nearby?lon=${lon}&lat=${lat}&metres=${METRES}&limit=${SHOWN}`, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

async function offline(point) {
  const rows = (await kept("parts"))?.rows ?? [];
  return rows.map((row) => ({ ...row, distance_m: metres(point, row) })).filter((row) => row.distance_m <= METRES).sort((a, b) => a.distance_m - b.distance_m);
}

customElements.define("field-parts", Parts);
