// <field-classes>: choose a class by recent, favourite, search or tree; offline from what was taken along.
// `value` is {kind, code, name}; "change" when one was chosen.
import { read } from "./kit.js";
import "./packages.js";
import { icon, make, say } from "./words.js";

const DAY_MS = 86_400_000;
const RECENT = 6;
const FOUND = 30;
const zh = document.documentElement.lang.startsWith("zh");
const stored = (name) => JSON.parse(localStorage.getItem(`wanmi.field.${name}`) ?? "[]");
const store = (name, keys) => localStorage.setItem(`wanmi.field.${name}`, JSON.stringify(keys));
const keyOf = ({ kind, code }) => `${kind}/${code}`;
const nameOf = (row) => (zh ? row.name_zh : row.name_en || row.name_zh);
const majorOf = (row) => (zh ? row.major_zh : row.major_en || row.major_zh);

class Classes extends HTMLElement {
  value = null;

  async connectedCallback() {
    this.search = this.querySelector("input[type=search]");
    this.search.addEventListener("input", () => this.#draw());
    // What is found must not stand behind the keyboard.
    this.search.addEventListener("focus", () => this.search.scrollIntoView({ block: "start" }));
    this.addEventListener("click", (event) => this.#clicked(event.target.closest("button")));
    this.rows = (await read("classes", DAY_MS) ?? []).sort(inOrder);
    this.byKey = new Map(this.rows.map((row) => [keyOf(row), row]));
    this.#draw();
    this.dataset.ready = "";
  }

  /** Choose by key ("event/06001"), as from a draft; null for none. */
  choose(key, isNews = true) {
    const row = this.byKey?.get(key);
    this.value = row ? { ...row, key, name: nameOf(row) } : null;
    if (row && isNews) store("recent", [key, ...stored("recent").filter((each) => each !== key)].slice(0, 20));
    this.search.value = "";
    this.#draw();
    if (isNews) this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #draw() {
    const chosen = this.querySelector("[data-chosen]");
    chosen.hidden = !this.value;
    if (this.value) chosen.replaceChildren(icon("check"), make("strong", {}, this.value.name), make("span", { class: "quiet small" }, majorOf(this.value)), make("button", { class: "button", type: "button", "data-clear": true }, say("change")));
    this.querySelector("[data-choices]").hidden = Boolean(this.value);
    if (!this.value) this.#choices();
  }

  #choices() {
    const asked = this.search.value.trim().toLowerCase();
    const favourites = stored("favourites");
    const recent = stored("recent").filter((key) => !favourites.includes(key)).slice(0, RECENT);
    const quick = [...favourites, ...recent].map((key) => this.byKey.get(key)).filter(Boolean);
    this.querySelector("[data-quick]").replaceChildren(...quick.map((row) => this.#chip(row)));
    const found = asked ? this.rows.filter((row) => [row.name_zh, row.name_en, row.code].some((text) => text?.toLowerCase().includes(asked))).slice(0, FOUND) : [];
    this.querySelector("[data-found]").replaceChildren(...found.map((row) => this.#row(row)));
    this.querySelector("[data-unfound]").hidden = !asked || found.length > 0;
    this.querySelector("[data-empty]").hidden = this.rows.length > 0;
    this.querySelector("[data-all]").hidden = Boolean(asked);
    const tree = this.querySelector("[data-tree]");
    if (!tree.childElementCount) tree.append(...this.#tree());
  }

  #tree() {
    const groups = Map.groupBy ? Map.groupBy(this.rows, (row) => `${row.kind}/${row.major_code}`) : grouped(this.rows);
    return [...groups.values()].map((rows) => {
      const summary = make("summary", { class: "classes__major" }, `${majorOf(rows[0])} · ${say(`kind_${rows[0].kind}`)}`, make("span", { class: "quiet small" }, String(rows.length)));
      const branch = make("details", {}, summary);
      // A branch is filled when it is opened: three hundred rows at once make a cheap phone wait.
      branch.addEventListener("toggle", () => { if (branch.childElementCount === 1) branch.append(make("ul", { class: "field__list" }, ...rows.map((row) => this.#row(row)))); });
      return branch;
    });
  }

  #chip = (row) => make("button", { class: "chip", type: "button", "data-class": keyOf(row) }, stored("favourites").includes(keyOf(row)) ? "★ " : "", nameOf(row));

  #row(row) {
    const loved = stored("favourites").includes(keyOf(row));
    const star = make("button", { class: "button button--icon", type: "button", "data-love": keyOf(row), "aria-pressed": String(loved), "aria-label": say("favourite", { what: nameOf(row) }) }, loved ? "★" : "☆");
    return make("li", { class: "classes__row" }, make("button", { class: "classes__name", type: "button", "data-class": keyOf(row) }, make("strong", {}, nameOf(row)), make("span", { class: "quiet small" }, `${majorOf(row)} · ${row.code}`)), star);
  }

  #clicked(button) {
    if (!button) return;
    const { class: chosen, love } = button.dataset;
    if (chosen) this.choose(chosen);
    else if (love) this.#love(love, button);
    else if ("clear" in button.dataset) this.choose(null);
  }

  #love(key, button) {
    const known = stored("favourites");
    const loved = !known.includes(key);
    store("favourites", loved ? [...known, key] : known.filter((each) => each !== key));
    button.setAttribute("aria-pressed", String(loved));
    button.textContent = loved ? "★" : "☆";
    this.#choices();
  }
}

// Events first, those about parts behind the others; then by code.
const rank = ({ kind, of_part, code }) => `${kind === "event" ? 0 : 1}${of_part ? 1 : 0}${code}`;
const inOrder = (a, b) => rank(a).localeCompare(rank(b));

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = `${row.kind}/${row.major_code}`;
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  return groups;
}

customElements.define("field-classes", Classes);
