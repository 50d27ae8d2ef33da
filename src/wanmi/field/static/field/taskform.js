// The questions of an action (a JSON Schema with x-ui) as large fields for a thumb, and what was answered.
import { icon, make, say } from "./words.js";

const choicesOf = (field) => field.oneOf ?? field.enum?.map((each) => ({ const: each, title: field["x-enum"]?.[each]?.[document.documentElement.lang.startsWith("zh") ? 0 : 1] ?? String(each) }));

/** Draw the fields of a schema. */
export function fieldsOf({ properties = {}, required = [] }) {
  return Object.entries(properties).map(([name, field]) => {
    const needed = required.includes(name);
    if (isMedia(field)) return shots(name, field, needed);
    const label = make("span", {}, field.title ?? name, needed ? make("span", { class: "task__needed", "aria-hidden": "true" }, " *") : "");
    return make("label", { class: "field__label" }, label, control(name, field, needed), field.description ? make("span", { class: "small quiet" }, field.description) : "");
  });
}

export const isMedia = (field) => field["x-ui"] === "media" || (field.type === "array" && field.items?.type === "integer" && !field.items.oneOf);

function control(name, field, needed) {
  const choices = choicesOf(field);
  const common = { name, required: needed, "data-kind": field.type };
  if (choices) return make("select", common, ...(needed ? [] : [make("option", { value: "" }, "")]), ...choices.map((each) => make("option", { value: String(each.const), selected: each.const === field.default }, each.title)));
  if (field.type === "array" && field.items?.oneOf) return make("select", { ...common, multiple: true }, ...field.items.oneOf.map((each) => make("option", { value: String(each.const) }, each.title)));
  if (field.type === "boolean") return make("input", { ...common, type: "checkbox" });
  if (field.type === "integer" || field.type === "number") return make("input", { ...common, type: "number", inputmode: "decimal", step: field.type === "integer" ? "1" : "any", min: field.minimum ?? null, max: field.maximum ?? null });
  if (field["x-ui"] === "textarea") return make("textarea", { ...common, rows: "3", maxlength: field.maxLength ?? null });
  return make("input", { ...common, type: field.format === "date" ? "date" : "text", maxlength: field.maxLength ?? null });
}

function shots(name, field, needed) {
  const take = make("label", { class: "shots__button shots__button--wide" }, icon("camera"), make("span", {}, field.title ?? say("photographs"), needed ? " *" : ""), make("input", { type: "file", accept: "image/*", capture: "environment", "data-role": "after" }));
  return make("field-shots", { class: "shots", "data-field": name, "data-least": String(field.minItems ?? (needed ? 1 : 0)) }, take, field.description ? make("p", { class: "small quiet" }, field.description) : "", make("ul", { class: "shots__list", "data-shots": true }));
}

/** Return what was answered, its photographs, and a sentence about the first thing that is missing. */
export function given(form, { properties = {}, required = [] }) {
  const fields = {};
  for (const control of form.querySelectorAll("[name]")) {
    const value = read(control);
    if (value !== "" && value !== null) fields[control.name] = value;
  }
  const box = form.querySelector("field-shots");
  const media = box?.shots ?? [];
  const lacking = required.find((name) => !isMedia(properties[name] ?? {}) && (fields[name] === undefined || fields[name].length < (properties[name]?.minLength ?? 0)));
  const few = box && media.length < Number(box.dataset.least);
  const wrong = lacking ? say("lacks_field", { what: properties[lacking]?.title ?? lacking }) : few ? say("lacks_photos", { n: box.dataset.least }) : "";
  return { fields, media, mediaField: box?.dataset.field, wrong };
}

function read(control) {
  if (control.type === "checkbox") return control.checked;
  if (control.multiple) return [...control.selectedOptions].map(({ value }) => value);
  const text = control.value.trim();
  const numeric = control.dataset.kind === "integer" || control.dataset.kind === "number";
  return numeric && text !== "" ? Number(text) : text;
}
