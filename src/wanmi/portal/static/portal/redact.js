// <wanmi-redact>: draw parts over a picture with a pointer or the keyboard; the form gets them as shares of the picture.
const STEP = 0.01;
const LEAST = 0.01;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

class Redact extends HTMLElement {
  connectedCallback() {
    this.picture = this.querySelector("[data-picture]");
    this.input = this.querySelector("[name=boxes]");
    this.parts = new Map();
    this.picture.addEventListener("pointerdown", (event) => this.#begin(event));
    this.picture.addEventListener("keydown", (event) => this.#key(event));
    this.querySelector("[data-add]").addEventListener("click", () => this.#add([0.4, 0.4, 0.2, 0.2]).focus());
    this.querySelector("[data-spot]")?.addEventListener("click", (event) => this.#spot(event.currentTarget));
    this.dataset.ready = "";
  }

  // What the server suggests becomes parts like any other: moved, changed, removed by the clerk.
  async #spot(button) {
    button.disabled = true;
    const answer = await fetch(button.dataset.spot, { headers: { Accept: "application/json" } }).catch(() => null);
    const { boxes = [], detail } = (await answer?.json().catch(() => ({}))) ?? {};
    const parts = boxes.map((box) => this.#add(box));
    this.querySelector("[data-said]").textContent = detail ?? (parts.length ? `${parts.length} ${this.dataset.found}` : this.dataset.none);
    button.disabled = false;
    (parts[0] ?? button).focus();
  }

  #add(box) {
    const part = document.createElement("button");
    part.type = "button";
    part.className = "redact__part";
    this.picture.append(part);
    this.parts.set(part, box);
    this.#draw(part);
    return part;
  }

  #draw(part) {
    const [x, y, width, height] = this.parts.get(part);
    Object.assign(part.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
    [...this.parts.keys()].forEach((each, place) => each.setAttribute("aria-label", `${this.dataset.part} ${place + 1}`));
    this.input.value = JSON.stringify([...this.parts.values()].map((each) => each.map((share) => Number(share.toFixed(4)))));
  }

  #at({ clientX, clientY }) {
    const frame = this.picture.getBoundingClientRect();
    return [clamp((clientX - frame.left) / frame.width, 0, 1), clamp((clientY - frame.top) / frame.height, 0, 1)];
  }

  #begin(event) {
    event.preventDefault();
    const known = event.target.closest(".redact__part");
    const start = this.#at(event);
    const part = known ?? this.#add([...start, LEAST, LEAST]);
    const box = [...this.parts.get(part)];
    const move = (moved) => {
      const [x, y] = this.#at(moved);
      this.parts.set(part, known ? shifted(box, x - start[0], y - start[1]) : spanned(start, [x, y]));
      this.#draw(part);
    };
    this.picture.setPointerCapture(event.pointerId);
    this.picture.addEventListener("pointermove", move);
    this.picture.addEventListener("pointerup", () => { this.picture.removeEventListener("pointermove", move); part.focus(); }, { once: true });
  }

  #key(event) {
    const part = event.target.closest(".redact__part");
    if (!part) return;
    if (event.key === "Delete" || event.key === "Backspace") return this.#remove(part);
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const [dx, dy] = arrow.map((way) => way * STEP);
    const [x, y, width, height] = this.parts.get(part);
    const larger = [x, y, clamp(width + dx, LEAST, 1 - x), clamp(height + dy, LEAST, 1 - y)];
    this.parts.set(part, event.shiftKey ? larger : shifted([x, y, width, height], dx, dy));
    this.#draw(part);
  }

  #remove(part) {
    this.parts.delete(part);
    part.remove();
    const [other] = this.parts.keys();
    if (other) this.#draw(other);
    else this.input.value = "[]";
    (other ?? this.querySelector("[data-add]")).focus();
  }
}

const shifted = ([x, y, width, height], dx, dy) => [clamp(x + dx, 0, 1 - width), clamp(y + dy, 0, 1 - height), width, height];
const spanned = ([ax, ay], [bx, by]) => [Math.min(ax, bx), Math.min(ay, by), Math.max(LEAST, Math.abs(ax - bx)), Math.max(LEAST, Math.abs(ay - by))];

customElements.define("wanmi-redact", Redact);
