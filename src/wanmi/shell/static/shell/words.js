// The sentences scripts say, translated by the server (shell/words.py).
const block = document.getElementById("words");
const words = block ? JSON.parse(block.textContent) : {};

/** Return the sentence `key` in the reader's language with %(name)s filled in. */
export function say(key, values = {}) {
  const pattern = words[key] ?? key;
  return pattern.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

/** Create an element: make("button", {class: "button"}, "words", child). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

const sheet = new URL("./icons.svg", import.meta.url).href;

/** Return one of our icons as an element. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sheet}#${name}`);
  svg.append(use);
  return svg;
}

/** Return the token the server expects with every change. */
export function csrfToken() {
  const headers = document.body.getAttribute("hx-headers:inherited");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
}
