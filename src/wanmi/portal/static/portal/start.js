// Every page of the portal: the service worker, the banner without a connection, sending what waits.
const queue = self.wanmiQueue;
const banner = document.getElementById("offline");

function look() {
  if (banner) banner.hidden = navigator.onLine;
  if (navigator.onLine) queue.flush().then((done) => { if (done.length) document.dispatchEvent(new CustomEvent("portal:sent", { detail: done })); });
}

async function install() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/public/sw.js", { scope: "/public/" });
  const { active } = await navigator.serviceWorker.ready;
  const keep = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => new URL(name).pathname.startsWith("/static/"));
  active?.postMessage({ keep });
}

addEventListener("online", look);
addEventListener("offline", look);
look();
install().catch(() => null).finally(() => { document.body.dataset.installed = ""; });

/** The list of reports this browser knows: those that wait, those that were sent. */
class Mine extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(document.getElementById("portal-words").textContent);
    document.addEventListener("portal:sent", () => this.#draw());
    this.addEventListener("click", (event) => this.#clicked(event));
    this.#draw();
  }

  async #draw() {
    const [waiting, mine] = await Promise.all([queue.all("waiting"), queue.all("mine")]);
    const [unsent, sent] = [this.querySelector("[data-waiting]"), this.querySelector("[data-sent]")];
    unsent.replaceChildren(...waiting.map((item) => this.#waits(item)));
    sent.replaceChildren(...mine.sort((a, b) => b.at.localeCompare(a.at)).map((item) => this.#sent(item)));
    unsent.hidden = !waiting.length;
    sent.hidden = !mine.length;
    this.querySelector("[data-none]").hidden = waiting.length + mine.length > 0;
    this.dataset.ready = "";
  }

  #waits({ key, title, state, refused }) {
    const said = state !== "refused" ? this.words.waits : `${this.words.refused} ${refused}`;
    const discard = made("button", this.words.discard, "button button--quiet");
    discard.dataset.drop = key;
    discard.dataset.store = "waiting";
    return row(made("span", title, "strong"), made("span", said, "quiet small"), discard);
  }

  #sent({ code, title, at }) {
    const link = made("a", title || code, "strong");
    link.href = `/public/follow/${encodeURIComponent(code)}`;
    const forget = made("button", this.words.forget, "button button--quiet");
    forget.dataset.drop = code;
    forget.dataset.store = "mine";
    return row(link, made("span", `${code} · ${new Date(at).toLocaleString(document.documentElement.lang)}`, "quiet small"), forget);
  }

  async #clicked(event) {
    const { drop, store } = event.target.dataset;
    if (!drop || (store === "waiting" && !confirm(this.words.sure))) return;
    await queue.drop(store, drop);
    this.#draw();
  }
}

function made(tag, text, style) {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = style;
  return element;
}

function row(...parts) {
  const item = document.createElement("li");
  item.append(...parts);
  return item;
}

customElements.define("wanmi-mine", Mine);
