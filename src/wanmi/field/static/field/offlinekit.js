// <field-kit>: what is on this phone for times without a connection, how large and how old, and taking it along anew.
import { kept, offered, take } from "./kit.js";
import "./packages.js";
import { icon, make, moment, say, size } from "./words.js";

const OLD_MS = 24 * 3_600_000;

class Kit extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-take-all]").addEventListener("click", () => this.#takeAll());
    this.addEventListener("click", (event) => {
      const key = event.target.closest("[data-take]")?.dataset.take;
      if (key) this.#take(key);
    });
    this.closest("[data-panel]").addEventListener("field:show", () => this.draw());
    this.draw();
  }

  async draw() {
    const lines = await Promise.all(offered().map((each) => this.#line(each)));
    this.querySelector("ul").replaceChildren(...lines);
    const { usage = 0 } = await navigator.storage?.estimate?.() ?? {};
    this.querySelector("[data-usage]").textContent = say("kit_usage", { size: size(usage) });
    this.dataset.ready = "";
  }

  async #line({ key, label }) {
    const row = await kept(key);
    const old = row && Date.now() - new Date(row.at) > OLD_MS;
    const facts = row ? say("kit_facts", { n: row.count, size: size(row.bytes), when: moment(row.at) }) : say("kit_none");
    const words = make("span", { class: "field__words" }, make("strong", {}, label), make("span", { class: "quiet small", "data-facts": key }, facts));
    const again = make("button", { class: "button button--icon", type: "button", "data-take": key, "aria-label": say("kit_take", { what: label }) }, icon("download"));
    return make("li", { class: "field__line", "data-kit": key, "data-state": row ? (old ? "waiting" : "sent") : "none" }, icon(row ? (old ? "clock" : "check") : "cross"), words, make("span", { class: "field__do" }, again));
  }

  async #take(key) {
    const facts = this.querySelector(`[data-facts="${key}"]`);
    facts.textContent = say("kit_taking", { n: 0 });
    try {
      await take(key, (n) => { facts.textContent = say("kit_taking", { n }); });
      await this.draw();
    } catch {
      facts.textContent = say("kit_failed");
    }
  }

  async #takeAll() {
    const button = this.querySelector("[data-take-all]");
    button.disabled = true;
    for (const { key } of offered()) await this.#take(key);
    button.disabled = false;
    this.dataset.taken = "";
  }
}

customElements.define("field-kit", Kit);
