// A switch by which this browser is rung about something: the reader's inbox, or the topic of a signed token.
// Attributes: worker and scope (the page's own service worker, or the plain one), topic, link (what a ring opens).
import { csrfToken, say } from "./words.js";

const CANNOT = { denied: "push_denied", failed: "push_failed" };

class Push extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.said = this.querySelector("[role='status']");
    this.button.addEventListener("click", () => this.#turn());
    this.#look().finally(() => { this.dataset.ready = ""; });
  }

  async #look() {
    if (!("serviceWorker" in navigator && "PushManager" in self && "Notification" in self)) return this.#say("push_unknown");
    this.button.hidden = false;
    if (Notification.permission === "denied") return this.#cannot("denied");
    const known = await navigator.serviceWorker.getRegistration(this.#scope);
    const wish = await known?.pushManager.getSubscription();
    this.#show(Boolean(wish) && (await this.#ask("look", { endpoint: wish.endpoint })).on);
  }

  async #turn() {
    this.button.disabled = true;
    try {
      await (this.isOn ? this.#stop() : this.#start());
    } catch (error) {
      this.#cannot(Notification.permission === "denied" ? "denied" : "failed", error);
    }
    this.button.disabled = false;
  }

  async #start() {
    if ((await Notification.requestPermission()) !== "granted") return this.#cannot("denied");
    const worker = await this.#worker();
    const { key } = await (await fetch("/push/key")).json();
    const wish = (await worker.pushManager.getSubscription()) ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    const { endpoint, keys } = wish.toJSON();
    this.#show((await this.#ask("on", { endpoint, keys, link: this.getAttribute("link") ?? "" })).on);
  }

  /** Only this wish ends: other pages may ring by the same subscription. */
  async #stop() {
    const worker = await this.#worker();
    const wish = await worker.pushManager.getSubscription();
    if (wish) await this.#ask("off", { endpoint: wish.endpoint });
    this.#show(false);
  }

  async #worker() {
    const worker = await navigator.serviceWorker.register(this.getAttribute("worker"), { scope: this.#scope });
    const coming = worker.installing ?? worker.waiting;
    if (!worker.active && coming) await new Promise((done) => { coming.addEventListener("statechange", () => coming.state === "activated" && done()); });
    return worker;
  }

  async #ask(what, given) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
    const body = JSON.stringify({ ...given, topic: this.getAttribute("topic") ?? "" });
    const answer = await fetch(`/push/${what}`, { method: "POST", headers, body, credentials: "same-origin" });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail);
    return answer.json();
  }

  get #scope() {
    return this.getAttribute("scope");
  }

  #show(on) {
    this.isOn = on;
    this.button.setAttribute("aria-pressed", String(on));
    this.button.lastElementChild.textContent = say(on ? "push_off" : "push_on");
    this.#say(on ? "push_is_on" : "");
  }

  #cannot(why, error) {
    this.#say(CANNOT[why]);
    if (error?.message && why === "failed") this.said.textContent += ` ${error.message}`;
  }

  #say(key) {
    this.said.textContent = key ? say(key) : "";
  }
}

customElements.define("wanmi-push", Push);
