// The terminal's sentences (field/words.py) and small elements; panels bring their own words in their template.
import { make, icon } from "../shell/words.js";

const words = JSON.parse(document.getElementById("field-words").textContent);
const fill = (pattern, values) => pattern.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");

/** Return the sentence `key` in the reader's language with %(name)s filled in. */
export const say = (key, values = {}) => fill(words[key] ?? key, values);

/** Return a sayer for the words of one panel: json_script block `id`. */
export function sayer(id) {
  const own = JSON.parse(document.getElementById(id)?.textContent ?? "{}");
  return (key, values = {}) => fill(own[key] ?? words[key] ?? key, values);
}

/** Return a size as people read it. */
export const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** Return a moment as people read it, the day only where it is another one. */
export function moment(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(document.documentElement.lang, today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" });
}

export { make, icon };
