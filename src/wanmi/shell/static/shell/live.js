// <wanmi-live url="/events">: listens to server-sent events and tells the page by "wanmi:changed".
// What shows such things asks again: [data-live="case"] gets the event "wanmi:refresh" for the subject "case:12".
import { say } from "./words.js";

const AGAIN_MS = [1000, 2000, 5000, 15000, 30000];
const GATHER_MS = 1200;
const RESTS_MS = 60_000;

class Live extends HTMLElement {
  #source = null;
  #failures = 0;
  #waiting = new Map();
  #timer = 0;
  #last = "";

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
    // A new stream resumes behind the number heard last, so nothing is missed meanwhile.
    this.#source = new EventSource(this.#last ? `${url}?after=${this.#last}` : url);
    this.#source.onopen = () => { this.#failures = 0; this.#show("on"); };
    this.#source.onmessage = (event) => this.#hear(event);
    this.#source.addEventListener("reset", () => location.reload());
    this.#source.onerror = () => this.#lost();
  }

  #lost() {
    // A stream ends now and then by itself; only a second failure is worth a word.
    if (this.#failures) this.#show("off");
    this.#source.close();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), AGAIN_MS[Math.min(this.#failures++, AGAIN_MS.length - 1)]);
  }

  // Bursts are gathered: a hundred moved cases are one question, not a hundred.
  #hear(event) {
    let news;
    try { news = JSON.parse(event.data); } catch { return; }
    this.#last = event.lastEventId || this.#last;
    news.about = (news.subject ?? "").split(":")[0];
    document.dispatchEvent(new CustomEvent("wanmi:changed", { detail: news }));
    if (!this.#waiting.size) setTimeout(() => this.#tell(), GATHER_MS);
    this.#waiting.set(`${news.kind}/${news.subject}`, news);
  }

  #tell() {
    const about = new Set([...this.#waiting.values()].map((news) => news.about));
    this.#waiting.clear();
    for (const element of document.querySelectorAll("[data-live]")) {
      const wanted = element.dataset.live.split(" ");
      if (wanted.some((kind) => about.has(kind)) || element.dataset.live === "any") {
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
