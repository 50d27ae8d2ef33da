// <wanmi-live url="/events">: listens to server-sent events and tells the page by "wanmi:changed".
// The page then asks again for what it shows ([data-live="kind"] gets the event "wanmi:refresh").
import { say } from "./words.js";

const AGAIN_MS = [1000, 2000, 5000, 15000, 30000];
const GATHER_MS = 400;
const RESTS_MS = 60_000;

class Live extends HTMLElement {
  #source = null;
  #failures = 0;
  #waiting = new Map();
  #timer = 0;

  connectedCallback() {
    this.#show("off", false);
    this.#connect();
    addEventListener("pagehide", () => this.#source?.close());
    document.addEventListener("visibilitychange", this.#lookAgain);
  }

  disconnectedCallback() {
    this.#source?.close();
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#lookAgain);
  }

  // A browser keeps six connections to one host; tabs nobody looks at must not hold them.
  #lookAgain = () => {
    clearTimeout(this.#timer);
    if (document.hidden) this.#timer = setTimeout(() => this.#source?.close(), RESTS_MS);
    else if (this.#source?.readyState === EventSource.CLOSED) this.#connect();
  };

  #connect() {
    const url = this.getAttribute("url");
    if (!url) return;
    this.#source?.close();
    this.#source = new EventSource(url);
    this.#source.onopen = () => { this.#failures = 0; this.#show("on"); };
    this.#source.onmessage = (event) => this.#hear(event);
    this.#source.addEventListener("changed", (event) => this.#hear(event));
    this.#source.onerror = () => this.#lost();
  }

  #lost() {
    this.#show("off");
    this.#source.close();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), AGAIN_MS[Math.min(this.#failures++, AGAIN_MS.length - 1)]);
  }

  // Bursts are gathered: a hundred moved cases are one question, not a hundred.
  #hear(event) {
    let news;
    try { news = JSON.parse(event.data); } catch { return; }
    document.dispatchEvent(new CustomEvent("wanmi:changed", { detail: news }));
    if (!this.#waiting.size) setTimeout(() => this.#tell(), GATHER_MS);
    this.#waiting.set(`${news.kind}/${news.subject}`, news);
  }

  #tell() {
    const kinds = new Set([...this.#waiting.values()].map((news) => news.kind));
    this.#waiting.clear();
    for (const element of document.querySelectorAll("[data-live]")) {
      const wanted = element.dataset.live.split(" ");
      if (wanted.some((kind) => kinds.has(kind)) || element.dataset.live === "any") {
        element.dispatchEvent(new CustomEvent("wanmi:refresh"));
      }
    }
  }

  #show(state, speak = true) {
    this.dataset.state = state;
    this.dataset.ready = "";
    const word = this.querySelector(".live__word");
    if (word && speak) word.textContent = say(state === "on" ? "live_on" : "live_off");
  }
}

customElements.define("wanmi-live", Live);
