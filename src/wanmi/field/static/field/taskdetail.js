// <field-task>: one task: what, where, the way there, photographs so far, and the actions with what each asks for.
import { far, metres } from "./here.js";
import { add } from "./queue.js";
import "./shots.js";
import { fieldsOf, given } from "./taskform.js";
import { icon, make, moment, say } from "./words.js";

const DAY_MIN = 24 * 60;
const SAME_TIME_MIN = 60;
const BEFORE = new Set(["report", "before", "verify"]);

class TaskDetail extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event.target.closest("button")));
  }

  show(task, whole, position) {
    [this.task, this.whole, this.position] = [task, whole, position];
    if (!task) return this.replaceChildren(make("p", { class: "field__none quiet" }, say("task_gone")), make("a", { class: "button", href: "#/tasks" }, say("to_tasks")));
    this.replaceChildren(this.#what(), this.#where(), this.#photographs(), this.#actions());
    this.dataset.task = task.id;
  }

  #what() {
    const { subject, name, deadline } = this.task;
    const facts = [["number", subject.number], ["opened", moment(this.task.opened_at)], ["deadline", deadline && moment(deadline)], ["place", subject.place]].filter(([, value]) => value);
    const list = make("dl", { class: "task__facts" }, ...facts.flatMap(([key, value]) => [make("dt", {}, say(`task_${key}`)), make("dd", {}, value)]));
    return make("section", { class: "task__what" }, make("span", { class: "badge" }, name), make("h2", {}, subject.title), make("p", { class: "task__words" }, subject.words ?? ""), ...this.#sameTime(), list);
  }

  // A check asks for the same time of day as the report: stalls and noise are there only then.
  #sameTime() {
    const reported = this.task.step === "check" && this.whole?.reported_at;
    if (!reported) return [];
    const [then, now] = [new Date(reported), new Date()].map((at) => at.getHours() * 60 + at.getMinutes());
    const apart = Math.min(Math.abs(then - now), DAY_MIN - Math.abs(then - now));
    const time = new Date(reported).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    return [make("p", { class: `task__time${apart > SAME_TIME_MIN ? " task__time--other" : ""}` }, icon("clock"), say(apart > SAME_TIME_MIN ? "same_time_no" : "same_time_yes", { time }))];
  }

  #where() {
    const { subject } = this.task;
    if (subject.lon === null) return make("p", { class: "quiet" }, say("task_nowhere"));
    const box = document.querySelector("field-tasks");
    const line = this.position ? `${this.position.lon},${this.position.lat} ${subject.lon},${subject.lat}` : null;
    const map = make("wanmi-map", { label: say("where"), basemap: box.dataset.basemap, center: `${subject.lon},${subject.lat}`, mark: `${subject.lon},${subject.lat}`, zoom: "16", line });
    const away = this.position ? make("p", { class: "strong" }, say("away", { far: far(metres(this.position, subject)) })) : "";
    return make("section", {}, make("div", { class: "task__map" }, map), away, this.#ways());
  }

  // Other apps speak other coordinates: geo: is WGS-84, Amap wants GCJ-02, which the server has worked out.
  #ways() {
    const { lon, lat, gcj02, title } = this.task.subject;
    const name = encodeURIComponent(title);
    const links = [[`geo:${lat},${lon}?q=${lat},${lon}(${name})`, "way_phone"]];
    if (gcj02) links.push([`https://uri.amap.com/navigation?to=${gcj02[0]},${gcj02[1]},${name}&mode=walk&coordinate=gaode&callnative=1`, "way_amap"]);
    return make("div", { class: "task__ways" }, ...links.map(([href, words]) => make("a", { class: "button", href, rel: "noopener" }, icon("pin"), say(words))));
  }

  #photographs() {
    const found = (this.whole?.media ?? []).filter(({ thumbnail }) => thumbnail);
    if (!found.length) return "";
    const shown = found.map(({ thumbnail, url, purpose, at }) => make("li", {}, make("a", { href: url }, make("img", { src: thumbnail, alt: say(BEFORE.has(purpose) ? "photo_before" : "photo_after"), loading: "lazy", width: "96", height: "72" })), make("span", { class: "small quiet" }, moment(at))));
    return make("section", {}, make("h3", { class: "field__head" }, say("photographs")), make("ul", { class: "task__photos" }, ...shown));
  }

  #actions() {
    const { actions } = this.task;
    const choices = actions.map((action) => make("button", { class: `button task__choice${action.tone === "primary" ? " button--main" : ""}`, type: "button", "data-action": action.name, "aria-expanded": "false" }, action.label));
    const decline = make("button", { class: "button button--quiet", type: "button", "data-decline": true }, say("decline"));
    return make("section", { class: "stack" }, make("h3", { class: "field__head" }, say("what_came_of_it")), make("div", { class: "task__choices" }, ...choices), make("div", { "data-place": true }), decline);
  }

  #clicked(button) {
    if (!button) return;
    const { action } = button.dataset;
    if (action) this.#choose(this.task.actions.find(({ name }) => name === action));
    else if ("decline" in button.dataset) this.#choose({ name: "decline", label: say("decline"), fields: { properties: { reason: { type: "string", title: say("decline_reason"), "x-ui": "textarea", minLength: 2 } }, required: ["reason"] } });
    else if ("bring" in button.dataset) this.#bring();
  }

  #choose(action) {
    this.action = action;
    for (const each of this.querySelectorAll("[data-action]")) each.setAttribute("aria-expanded", String(each.dataset.action === action.name));
    const form = make("form", { class: "stack task__form", novalidate: true }, make("h3", { class: "field__head" }, action.label), ...fieldsOf(action.fields), make("p", { class: "task__wrong", role: "alert", "data-wrong": true }), make("button", { class: "button button--main task__bring", type: "button", "data-bring": true }, icon("send"), action.label));
    this.querySelector("[data-place]").replaceChildren(form);
    form.scrollIntoView({ block: "nearest" });
    form.querySelector("textarea, select, input:not([type=file])")?.focus({ preventScroll: true });
  }

  async #bring() {
    const form = this.querySelector("form");
    const { fields, media, mediaField, wrong } = given(form, this.action.fields);
    form.querySelector("[data-wrong]").textContent = wrong;
    if (wrong || this.bringing) return;
    this.bringing = true;
    const { task, action } = this;
    const title = `${action.label} · ${task.subject.title}`;
    const words = say("done_words", { what: title, opinion: fields.opinion ?? fields.reason ?? "" });
    const about = task.case ? { case: task.case, words } : undefined;
    if (action.name === "decline") await this.#decline(fields.reason, title);
    else await add({ url: `/api/v1/tasks/${task.id}/actions/${encodeURIComponent(action.name)}`, body: fields, media, mediaField, title, kind: "task", task: task.id, about });
    this.bringing = false;
    location.hash = "#/tasks";
  }

  /** Say why one does not do it, on the case; a task in one's own name goes back to its post. */
  async #decline(reason, title) {
    const { task } = this;
    if (task.case) await add({ url: `/api/v1/cases/${encodeURIComponent(task.case)}/notes`, body: { words: `${say("declined")} ${reason}`, media: [] }, title, kind: "note", task: task.id });
    if (task.holder) await add({ url: `/api/v1/tasks/${task.id}/release`, title, kind: "decline", task: task.id });
  }
}

customElements.define("field-task", TaskDetail);
