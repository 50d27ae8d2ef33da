// <field-lookup>: classes with their filing standards, by words or code; from the phone, taken along once a day.
import { offer, pages, read } from "../field/kit.js";
import "../field/packages.js";
import { make, sayer } from "../field/words.js";

const say = sayer("lookup-words");
const DAY_MS = 86_400_000;
const SHOWN = 40;
const zh = document.documentElement.lang.startsWith("zh");
const either = (row, name) => (zh ? row[`${name}_zh`] : row[`${name}_en`] || row[`${name}_zh`]);

offer({ key: "standards", label: say("kit"), take: (progress) => pages("/api/v1/standards?limit=500", progress) });

class Lookup extends HTMLElement {
  async connectedCallback() {
    this.search = this.querySelector("input");
    this.search.addEventListener("input", () => this.#draw());
    this.closest("[data-panel]").addEventListener("field:show", () => this.#load());
    await this.#load();
    this.dataset.ready = "";
  }

  async #load() {
    const [classes, standards] = await Promise.all([read("classes", DAY_MS), read("standards", DAY_MS)]);
    this.classes = classes ?? [];
    this.standards = Map.groupBy ? Map.groupBy(standards ?? [], keyOf) : grouped(standards ?? []);
    this.querySelector("[data-empty]").hidden = this.classes.length > 0;
    this.#draw();
  }

  #draw() {
    const asked = this.search.value.trim().toLowerCase();
    const fits = (row) => [row.name_zh, row.name_en, row.code, row.major_zh, row.major_en].some((text) => text?.toLowerCase().includes(asked));
    const found = asked ? this.classes.filter(fits).slice(0, SHOWN) : [];
    this.querySelector("[data-unfound]").hidden = !asked || found.length > 0 || !this.classes.length;
    this.querySelector("[data-list]").replaceChildren(...found.map((row) => this.#line(row)));
  }

  #line(row) {
    const rules = this.standards.get(keyOf(row)) ?? [];
    const summary = make("summary", { class: "field__more" }, make("strong", {}, either(row, "name")), make("span", { class: "quiet small" }, ` ${row.code} · ${either(row, "major")}`));
    const told = rules.length ? rules.map((rule) => make("div", { class: "stack stack--close" }, make("p", {}, `${rule.condition_no}. ${either(rule, "condition")}`), make("p", { class: "quiet small" }, [say("limit", { words: rule.limit }), say("closes", { words: either(rule, "closing") }), rule.certainty !== "found" && say("to_confirm")].filter(Boolean).join(" · ")))) : [make("p", { class: "quiet" }, say("no_standard"))];
    return make("li", {}, make("details", {}, summary, ...told));
  }
}

const keyOf = ({ kind, code }) => `${kind}/${code}`;

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(keyOf(row), [...groups.get(keyOf(row)) ?? [], row]);
  return groups;
}

customElements.define("field-lookup", Lookup);
