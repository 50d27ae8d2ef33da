// <wanmi-drawing url current passed>: a procedure with its current step lit, drawn by bpmn-js when it comes into view.
import { say } from "./words.js";
import { whenSeen } from "./seen.js";

const vendor = new URL("../vendor/bpmn-js/", import.meta.url);
let loading = null;

/** The viewer is a plain script with a global; load it and its styles once. */
function viewer() {
  loading ??= Promise.all([
    script("viewer.min.js"), sheet("diagram-js.css"), sheet("bpmn-js.css"), sheet("bpmn-font/css/bpmn.css"),
  ]).then(() => window.BpmnJS);
  return loading;
}

function added(element) {
  return new Promise((done, failed) => {
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });
}

const script = (name) => added(Object.assign(document.createElement("script"), { src: new URL(name, vendor).href }));
const sheet = (name) => added(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(name, vendor).href }));

class Drawing extends HTMLElement {
  connectedCallback() {
    whenSeen(this, () => this.#draw());
  }

  disconnectedCallback() {
    this.viewer?.destroy();
  }

  async #draw() {
    try {
      const [BpmnJS, answer] = await Promise.all([viewer(), fetch(this.getAttribute("url"))]);
      if (!answer.ok) throw new Error(answer.statusText);
      this.viewer = new BpmnJS({ container: this });
      await this.viewer.importXML(await answer.text());
      this.#light("passed", "is-passed");
      this.#light("current", "is-current");
      this.viewer.get("canvas").zoom("fit-viewport", "auto");
    } catch {
      this.textContent = say("drawing_failed");
    }
    this.dataset.ready = "";
  }

  #light(attribute, marker) {
    const canvas = this.viewer.get("canvas"), known = this.viewer.get("elementRegistry");
    for (const id of (this.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)) {
      if (known.get(id)) canvas.addMarker(id, marker);
    }
  }
}

customElements.define("wanmi-drawing", Drawing);
