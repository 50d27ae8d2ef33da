// <wanmi-report places near>: the public report form. Searches addresses, asks what was reported near the point,
// shows the photographs, keeps a draft in the browser, and queues the report where there is no connection.
const DRAFT = "wanmi.portal.draft";
const DRAFTED = ["purpose", "address", "lon", "lat", "words"];
const queue = self.wanmiQueue;
const words = JSON.parse(document.getElementById("portal-words").textContent);

const made = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const later = (deed, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(deed, wait); }; };
const fill = (pattern, values) => pattern.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");

class Report extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.removeAttribute("data-once"); // this script sends it, and only once
    this.key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    this.map = this.querySelector("wanmi-map");
    this.place = this.querySelector("wanmi-place");
    this.places = this.querySelector("[data-places]");
    this.address = this.querySelector("[data-address]");
    this.#restore();
    this.#listen();
    this.dataset.ready = "";
  }

  field = (name) => this.form.elements.namedItem(name);

  #listen() {
    this.address.addEventListener("input", later(() => this.#search(), 350));
    this.place.addEventListener("change", () => this.#look());
    this.places.addEventListener("click", (event) => this.#choose(event.target.closest("button")));
    this.form.addEventListener("input", later(() => this.#keep(), 300));
    this.field("words").addEventListener("input", later(() => this.#classes(), 600));
    this.querySelector("[data-class-list]").addEventListener("click", (event) => this.#class(event.target.closest("button")));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.querySelector("[data-pictures]").addEventListener("change", () => this.#preview());
    this.querySelector("[data-near-list]").addEventListener("click", (event) => this.#join(event.target.closest("button")));
    this.querySelector("[data-unjoin]").addEventListener("click", () => this.#join(null));
    const here = this.querySelector("[data-position]");
    here.hidden = !navigator.geolocation;
    here.addEventListener("click", () => this.#locate());
  }

  /** Put the point; the map and the number fields follow, and what lies near is asked. */
  #point(lon, lat) {
    this.field("lon").value = lon.toFixed(6);
    this.field("lat").value = lat.toFixed(6);
    this.map?.setAttribute("mark", `${lon.toFixed(6)},${lat.toFixed(6)}`);
    this.#keep();
    this.#look();
  }

  #locate() {
    const found = ({ coords }) => this.#point(coords.longitude, coords.latitude);
    navigator.geolocation.getCurrentPosition(found, () => this.#say(words.no_position), { enableHighAccuracy: true, timeout: 15000 });
  }

  async #ask(url, params) {
    if (!navigator.onLine) return { items: [] };
    const answer = await fetch(`${url}?${new URLSearchParams(params)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok ? answer.json() : { items: [] };
  }

  async #search() {
    const q = this.address.value.trim();
    this.guessed = false;
    const { items } = q.length < 2 ? { items: [] } : await this.#ask(this.getAttribute("places"), { q });
    this.places.replaceChildren(...items.map(({ name, lon, lat }) => made("li", {}, made("button", { type: "button", "data-lon": lon, "data-lat": lat }, name))));
    this.places.hidden = !items.length;
  }

  #choose(button) {
    if (!button) return;
    this.address.value = button.textContent;
    this.guessed = false;
    this.places.hidden = true;
    this.#point(Number(button.dataset.lon), Number(button.dataset.lat));
  }

  async #look() {
    const [lon, lat] = [this.field("lon").value, this.field("lat").value];
    if (!lon || !lat) return;
    const { address, items } = await this.#ask(this.getAttribute("near"), { lon, lat });
    if (address && (!this.address.value || this.guessed)) { this.address.value = address; this.guessed = true; }
    const list = this.querySelector("[data-near-list]");
    list.replaceChildren(...items.map((each) => this.#near(each)));
    this.querySelector("[data-near]").hidden = !items.length || Boolean(this.field("joins").value);
    this.dataset.looked = `${lon},${lat}`;
  }

  /** Ask what the words may be about; a choice is offered and never made. */
  async #classes() {
    const said = this.field("words").value.trim();
    const data = new FormData();
    data.set("words", said);
    data.set("csrfmiddlewaretoken", this.field("csrfmiddlewaretoken").value);
    const wanted = said.length > 3 && navigator.onLine;
    const answer = wanted ? await fetch(this.getAttribute("classes"), { method: "POST", body: data }).catch(() => null) : null;
    const { items } = answer?.ok ? await answer.json() : { items: [] };
    const chosen = this.field("category").value;
    const chips = items.map(({ label, name, percent }) => made("button", { type: "button", class: "chip advice__chip", "data-class": label, "aria-pressed": String(label === chosen) }, name, made("span", { class: "advice__percent number" }, `${percent}%`)));
    if (!items.some(({ label }) => label === chosen)) this.field("category").value = "";
    this.querySelector("[data-class-list]").replaceChildren(...chips);
    this.querySelector("[data-classes]").hidden = !chips.length;
  }

  #class(button) {
    if (!button) return;
    const taken = button.getAttribute("aria-pressed") !== "true";
    for (const other of this.querySelectorAll("[data-class]")) other.setAttribute("aria-pressed", String(taken && other === button));
    this.field("category").value = taken ? button.dataset.class : "";
  }

  #near({ token, category, metres, at, in_hand }) {
    const when = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    const state = in_hand ? words.in_hand : words.looked_at;
    const facts = made("span", { class: "quiet small" }, fill(words.near, { metres, when, state }));
    return made("li", {}, made("span", { class: "strong" }, category || words.unclassed), facts, made("button", { type: "button", class: "button", "data-token": token }, words.me_too));
  }

  #join(button) {
    const token = button?.dataset.token ?? "";
    this.field("joins").value = token;
    if (token && !this.field("words").value) this.field("words").value = words.seen_too;
    this.querySelector("[data-joining]").hidden = !token;
    this.querySelector("[data-near]").hidden = Boolean(token) || !this.querySelector("[data-near-list]").children.length;
  }

  #preview() {
    const list = this.querySelector("[data-previews]");
    const files = [...this.querySelector("[data-pictures]").files];
    list.replaceChildren(...files.map((file) => made("li", {}, made("img", { src: URL.createObjectURL(file), alt: file.name }))));
  }

  #keep() {
    const draft = Object.fromEntries(DRAFTED.map((name) => [name, this.field(name)?.value ?? ""]));
    localStorage.setItem(DRAFT, JSON.stringify(draft));
  }

  #restore() {
    const draft = JSON.parse(localStorage.getItem(DRAFT) ?? "{}");
    for (const name of DRAFTED) {
      const field = this.field(name);
      if (field && draft[name] && (!field.value || name === "purpose")) field.value = draft[name];
    }
    if (draft.lon && draft.lat) this.map?.setAttribute("mark", `${draft.lon},${draft.lat}`);
  }

  async #item() {
    const data = new FormData(this.form);
    const chosen = data.getAll("photographs").filter((file) => file.size);
    // Copied now: the phone may delete or change its own file before it is sent.
    const files = await Promise.all(chosen.map(async (file) => ({ name: file.name, type: file.type, blob: new Blob([await file.arrayBuffer()], { type: file.type }) })));
    data.delete("photographs");
    data.set("idempotency_key", this.key);
    const item = { key: this.key, url: this.form.getAttribute("action"), fields: [...data], token: data.get("csrfmiddlewaretoken"), title: data.get("words").slice(0, 40), at: new Date().toISOString() };
    return { item, files };
  }

  async #send() {
    if (this.sending) return;
    this.sending = true;
    this.#busy(true);
    const { item, files } = await this.#item();
    const result = navigator.onLine ? await queue.now(item, files) : { state: "later", said: {} };
    this.sending = false;
    this.#busy(false);
    if (result.state === "sent") return this.#sent(result.said);
    if (result.state === "refused" || result.said.detail) return this.#refused(result.said);
    await this.#wait(item, files);
  }

  #sent({ url }) {
    localStorage.removeItem(DRAFT);
    location.assign(`${url}?new=1`);
  }

  async #wait(item, files) {
    await queue.add(item, files);
    localStorage.removeItem(DRAFT);
    const ready = await navigator.serviceWorker?.getRegistration("/public/");
    await ready?.sync?.register(queue.SYNC).catch(() => null);
    const mine = made("a", { class: "button button--main", href: "/public/mine" }, words.to_mine);
    this.replaceChildren(made("div", { class: "notice notice--good", role: "status", "data-kept": "" }, made("div", { class: "stack" }, made("strong", {}, words.kept), made("span", {}, words.kept_help), mine)));
    if (navigator.onLine) queue.flush();
  }

  #refused({ detail, errors = [] }) {
    const items = errors.length ? errors : [detail];
    const box = made("div", { class: "form__errors", role: "alert", tabindex: "-1" }, made("strong", {}, words.put_right), made("ul", {}, ...items.map((each) => made("li", {}, each))));
    this.querySelector("[data-errors]").replaceChildren(box);
    box.focus();
    // What was refused may be changed: it is another report then.
    this.key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  }

  #busy(is) {
    const button = this.form.querySelector(".portal__send button");
    button.toggleAttribute("disabled", is);
    if (is) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }

  #say(message) {
    document.dispatchEvent(new CustomEvent("wanmi:toast", { detail: { message, kind: "error" } }));
  }
}

customElements.define("wanmi-report", Report);
