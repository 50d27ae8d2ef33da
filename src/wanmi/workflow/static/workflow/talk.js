// What the editors share: their data, their words, asking the server, small form controls.
import { csrfToken, make } from "../shell/words.js";

export const data = JSON.parse(document.getElementById("editor-data").textContent);

/** Return our own word, with %(name)s filled in. */
export function word(key, values = {}) {
  return (data.words[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

/** Post an object; answers {ok, status, body}, the body as JSON or text. */
export async function ask(url, given) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(given),
    });
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    return { ok: answer.ok, body: isJson ? await answer.json() : await answer.text() };
  } catch {
    return { ok: false, body: { message: "" } };
  }
}

/** Return a labelled control; `changed` gets its new value. */
export function field(label, control, changed) {
  const id = `f${Math.random().toString(36).slice(2, 9)}`;
  control.id = id;
  control.addEventListener("change", () => changed(control.type === "checkbox" ? control.checked : control.value));
  const box = make("div", { class: "field" }, make("label", { for: id }, label), control);
  return box;
}

export const input = (value, more = {}) => Object.assign(make("input", { type: "text", ...more }), { value: value ?? "" });

/** Return a choice of [value, words] pairs; an unknown present value stays choosable. */
export function select(value, pairs) {
  const known = pairs.some(([key]) => key === value);
  const all = known || !value ? pairs : [...pairs, [value, value]];
  const control = make("select", {}, ...all.map(([key, words]) => make("option", { value: key }, words)));
  control.value = value ?? "";
  return control;
}

export function button(label, pressed, kind = "") {
  const control = make("button", { type: "button", class: `button ${kind && `button--${kind}`}` }, label);
  control.addEventListener("click", pressed);
  return control;
}

/** Say in the status line how things stand. */
export function tell(message) {
  document.querySelector("[data-status]").textContent = message;
}
