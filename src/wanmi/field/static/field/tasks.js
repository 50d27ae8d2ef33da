// <field-tasks>: my tasks by distance or deadline; one of them with its case, the way there and what is to be brought in.
// Offline as taken along. What was done is put into the queue; a task that is queued leaves the list.
import { far, here, metres } from "./here.js";
import { kept, take } from "./kit.js";
import "./packages.js";
import { waiting, watch } from "./queue.js";
import "./taskdetail.js";
import { icon, make, moment, say } from "./words.js";

const STALE_MS = 60_000;
const GATHER_MS = 1500;
const HEARD = new Set(["case", "contact", "survey", "task", "consultation"]);
const CARE = new Set(["overdue", "soon"]);

class Tasks extends HTMLElement {
  order = localStorage.getItem("wanmi.field.order") ?? "deadline";
  known = null;

  connectedCallback() {
    this.panel = this.closest("[data-panel]");
    this.detail = this.querySelector("field-task");
    this.panel.addEventListener("field:show", (event) => this.#show(event.detail.path));
    this.addEventListener("click", (event) => this.#clicked(event.target.closest("button")));
    document.addEventListener("wanmi:changed", (event) => { if (HEARD.has(event.detail.about)) this.#soon(); });
    watch(({ what }) => { if (what === "sent" || what === "refused") this.#soon(); if (what === "added") this.draw(); });
    addEventListener("online", () => this.refresh());
    this.refresh(STALE_MS);
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), GATHER_MS);
  }

  /** Ask for the tasks where they are older than `ageMs`, and show them. */
  async refresh(ageMs = 0) {
    const before = await kept("tasks");
    const old = !before || Date.now() - new Date(before.at) > ageMs;
    if (old && navigator.onLine) await take("tasks").catch(() => null);
    await this.draw();
  }

  async draw() {
    const row = await kept("tasks");
    const queued = new Set((await waiting()).filter((item) => item.state !== "refused").map((item) => item.task).filter(Boolean));
    this.tasks = (row?.rows.items ?? []).filter((task) => !queued.has(task.id));
    this.cases = row?.rows.cases ?? {};
    this.#news();
    this.position ??= await here({ waitMs: 3000 });
    const list = this.querySelector("[data-tasks]");
    list.replaceChildren(...this.#ordered().map((task) => this.#line(task)));
    this.querySelector("[data-none]").hidden = this.tasks.length > 0;
    this.querySelector("[data-age]").textContent = row ? say("as_of", { when: moment(row.at) }) : "";
    for (const button of this.querySelectorAll("[data-order]")) button.setAttribute("aria-pressed", String(button.dataset.order === this.order));
    this.dataset.ready = "";
  }

  // Whoever works elsewhere on the terminal hears of a fresh task as well: the count, a word, a short shake.
  #news() {
    const count = document.querySelector('[data-tab-of="tasks"] [data-count]');
    count.textContent = String(this.tasks.length);
    count.hidden = !this.tasks.length;
    const fresh = this.known ? this.tasks.filter(({ id }) => !this.known.has(id)) : [];
    this.known = new Set([...this.known ?? [], ...this.tasks.map(({ id }) => id)]);
    if (!fresh.length) return;
    document.dispatchEvent(new CustomEvent("wanmi:toast", { detail: { message: say("fresh_task", { what: `${fresh[0].name} · ${fresh[0].subject.title}` }) } }));
    navigator.vibrate?.(200);
  }

  #ordered() {
    const by = { deadline: (task) => (task.deadline ? Date.parse(task.deadline) : Infinity), distance: (task) => this.#distance(task) ?? Infinity }[this.order];
    return [...this.tasks].sort((a, b) => by(a) - by(b));
  }

  #distance({ subject }) {
    return this.position && subject.lon !== null ? metres(this.position, subject) : null;
  }

  #line(task) {
    const distance = this.#distance(task);
    const lamp = ({ green: "in_time", yellow: "soon", red: "overdue" })[task.lamp] ?? task.lamp;
    const due = task.deadline ? make("span", { class: `task__due${CARE.has(lamp) ? ` task__due--${lamp}` : ""}` }, lamp ? icon(`lamp-${lamp}`) : "", say("due", { when: moment(task.deadline) })) : "";
    const words = make("span", { class: "field__words" }, make("span", { class: "task__head" }, make("span", { class: "badge" }, task.name), make("strong", {}, task.subject.title)), make("span", { class: "small" }, task.subject.place || task.subject.words), due);
    return make("li", {}, make("a", { class: "field__line", href: `#/tasks/${task.id}`, "data-task": task.id }, words, distance === null ? "" : make("span", { class: "strong task__far" }, far(distance))));
  }

  async #show([id]) {
    this.querySelector("[data-list]").hidden = Boolean(id);
    this.detail.hidden = !id;
    if (!id) return this.refresh(STALE_MS);
    if (!this.tasks) await this.draw();
    const task = this.tasks.find((each) => each.id === Number(id));
    this.detail.show(task, task && this.cases[task.case], this.position);
  }

  #clicked(button) {
    if (!button) return;
    if (button.dataset.order) {
      this.order = button.dataset.order;
      localStorage.setItem("wanmi.field.order", this.order);
      this.draw();
    } else if ("refresh" in button.dataset) this.refresh();
  }
}

customElements.define("field-tasks", Tasks);
