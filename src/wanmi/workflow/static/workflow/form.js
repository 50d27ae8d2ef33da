// The editor of a form: its fields by kind, conditions and evidence, and the preview beside it.
import { make } from "../shell/words.js";
import { ask, button, data, field, input, select, tell, word } from "./talk.js";
import { conditionOf, kindOf, withCondition } from "./schema.js";

const part = (name) => document.querySelector(`[data-${name}]`);
let schema = structuredClone(data.schema);
schema.properties ??= {};
schema.required ??= [];

function draw() {
  const fields = Object.entries(schema.properties).map(([name, said], at) => row(name, said, at));
  const kinds = select("text", data.kinds.map((each) => [each.kind, each.label]));
  const adding = make("div", { class: "row" }, kinds, button(word("add"), () => add(kinds.value)));
  part("fields").replaceChildren(...fields, adding);
  preview();
}

function add(kind) {
  let number = Object.keys(schema.properties).length + 1;
  while (`field${number}` in schema.properties) number += 1;
  const begun = structuredClone(data.kinds.find((each) => each.kind === kind).schema);
  schema.properties[`field${number}`] = { ...begun, title: `Field ${number}` };
  draw();
}

function row(name, said, at) {
  const change = (values) => {
    Object.assign(said, values);
    for (const key of Object.keys(said)) if (said[key] === undefined) delete said[key];
    draw();
  };
  const must = make("input", { type: "checkbox" });
  must.checked = schema.required.includes(name);
  return make("div", { class: "editor__row", "data-field": name },
    field(word("code"), input(name, { pattern: "[a-z_0-9]+" }), (value) => rename(name, value)),
    field(word("kind"), make("output", {}, data.kinds.find((each) => each.kind === kindOf(said))?.label ?? kindOf(said)), () => {}),
    field(word("title_zh"), input(said["x-zh"]?.title), (value) => change({ "x-zh": { ...said["x-zh"], title: value } })),
    field(word("title"), input(said.title), (value) => change({ title: value })),
    field(word("required"), must, (value) => { require(name, value); draw(); }),
    ...evidence(said, change), ...choices(said, change), ...condition(name),
    make("div", { class: "row" }, ...(at ? [button(word("up"), () => up(name), "quiet")] : []), button(word("remove"), () => drop(name), "quiet")));
}

/** How many photographs there must be at least. */
function evidence(said, change) {
  if (kindOf(said) !== "media") return [];
  const number = input(String(said.minItems ?? 0), { type: "number", min: 0, max: 12 });
  return [field(word("at_least"), number, (value) => change({ minItems: Number(value) || undefined }))];
}

function choices(said, change) {
  if (!said.enum) return [];
  const words = said["x-enum"] ?? {};
  const lines = make("textarea", { rows: 4 });
  lines.value = said.enum.map((key) => [key, ...(words[key] ?? [key, key])].join(", ")).join("\n");
  return [field(word("choices"), lines, (value) => {
    const rows = value.split("\n").map((line) => line.split(/[,，]/).map((each) => each.trim())).filter(([key]) => key);
    change({ enum: rows.map(([key]) => key), "x-enum": Object.fromEntries(rows.map(([key, zh, en]) => [key, [zh || key, en || zh || key]])) });
  })];
}

/** A field may be asked only when another, a choice or a yes, says something. */
function condition(name) {
  const askable = Object.entries(schema.properties).filter(([other, said]) => other !== name && (said.enum || said.type === "boolean"));
  if (!askable.length) return [];
  const now = conditionOf(schema, name);
  const values = (other) => (schema.properties[other]?.enum ?? [true, false]).map((value) => [JSON.stringify(value), String(value)]);
  const set = (other, value) => { schema = withCondition(schema, name, other, value); draw(); };
  const parts = [field(word("only_if"), select(now?.other ?? "", [["", word("always")], ...askable.map(([other, said]) => [other, said["x-zh"]?.title ?? said.title ?? other])]),
    (other) => set(other, other ? JSON.parse(values(other)[0][0]) : null))];
  if (now) parts.push(field(word("equals"), select(JSON.stringify(now.value), values(now.other)), (value) => set(now.other, JSON.parse(value))));
  return parts;
}

function require(name, must) {
  schema.required = schema.required.filter((each) => each !== name);
  if (must) schema.required.push(name);
}

function rename(name, wanted) {
  const next = wanted.trim();
  if (!/^[a-z][a-z_0-9]{0,39}$/.test(next) || next in schema.properties) return draw();
  schema = withCondition(schema, name, "", null);
  schema.properties = Object.fromEntries(Object.entries(schema.properties).map(([key, said]) => [key === name ? next : key, said]));
  schema.required = schema.required.map((each) => (each === name ? next : each));
  draw();
}

function up(name) {
  const entries = Object.entries(schema.properties), at = entries.findIndex(([key]) => key === name);
  entries.splice(at - 1, 0, ...entries.splice(at, 1));
  schema.properties = Object.fromEntries(entries);
  draw();
}

function drop(name) {
  schema = withCondition(schema, name, "", null);
  delete schema.properties[name];
  require(name, false);
  draw();
}

async function preview() {
  const answer = await ask(data.urls.preview, { schema });
  if (!answer.ok) return tell(word("failed", { why: answer.body.message ?? "" }));
  // Our own server drew and escaped it, like every fragment of a page.
  part("preview").innerHTML = answer.body;
  part("preview").dataset.ready = "";
}

async function save() {
  const forms = { ...data.forms, [data.form]: schema };
  const answer = await ask(data.urls.save, { drawing: data.drawing, forms, seen: data.seen });
  if (answer.ok) data.seen = answer.body.seen;
  tell(answer.ok ? word("saved") : word("failed", { why: answer.body.message ?? "" }));
}

part("save").addEventListener("click", save);
draw();
