// The editor of a decision table: dmn-js, faults at their rows, sample rows with their answers.
import { make } from "../shell/words.js";
import { ask, button, data, field, input, tell, word } from "./talk.js";

const PAUSE_MS = 700;
const part = (name) => document.querySelector(`[data-${name}]`);
const modeler = new window.DmnJS({ container: part("sheet") });
let samples = structuredClone(data.samples), columns = { given: [], expected: [] }, waiting = 0;

const source = async () => (await modeler.saveXML({ format: true })).xml;

/** Return what was typed in the column's kind; what is no number stays text and is refused. */
function typed(text, kind) {
  if (text === "") return null;
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (kind === "number" || kind === "integer") return Number.isFinite(Number(text)) ? Number(text) : text;
  return text;
}

async function check() {
  const answer = await ask(data.urls.check, { source: await source(), samples });
  if (!answer.ok) return;
  columns = answer.body.columns ?? columns;
  showFaults(answer.body);
  showSamples(answer.body.samples ?? []);
  part("sheet").dataset.ready = "";
}

function showFaults({ faults, gaps }) {
  const lines = faults.map((each) => [each.row ? `${word("row", { rows: each.row })}: ${each.sentence}` : each.sentence, "error"]);
  if (!faults.length) lines.push([word("sound"), "good"]);
  if (gaps === null) lines.push([word("undecided"), "warning"]);
  for (const gap of gaps ?? []) {
    const where = Object.entries(gap).map(([name, value]) => `${name} ${value}`).join(", ");
    lines.push([word("gap", { where }), "warning"]);
  }
  part("findings").replaceChildren(...lines.map(([text, kind]) => make("li", { class: `findings__${kind}` }, text)));
  markRows(new Set(faults.map((each) => each.row)));
}

/** The drawn rows follow the rules' order; a faulty one is outlined whole. */
function markRows(rows) {
  const drawn = [...part("sheet").querySelectorAll("tbody tr:has(td.rule-index)")];
  drawn.forEach((row, at) => {
    for (const cell of row.cells) cell.classList.toggle("is-wrong", rows.has(at + 1));
  });
}

function showSamples(answers) {
  const drawn = samples.map((sample, at) => {
    const answer = answers[at];
    const cells = ["given", "expected"].flatMap((side) =>
      columns[side].map(([name, label, kind]) =>
        field(side === "given" ? label : `→ ${label}`, input(String(sample[side][name] ?? "")), (value) => {
          sample[side][name] = typed(value.trim(), kind);
          check();
        })));
    const box = make("div", { class: answer && !answer.good ? "sample is-wrong" : "sample" }, ...cells,
      button(word("remove"), () => { samples.splice(at, 1); check(); }, "quiet"));
    if (answer) box.append(make("output", {}, told(answer)));
    return box;
  });
  const add = button(word("add"), () => { samples.push({ given: {}, expected: {} }); check(); });
  part("samples").replaceChildren(...drawn, add);
}

function told(answer) {
  if (answer.sentence) return answer.sentence;
  const rows = answer.rows.length ? word("rows", { rows: answer.rows.join(", ") }) : word("no_row");
  const said = Object.entries(answer.answer).map(([name, value]) => `${name} = ${value}`).join(", ");
  return `${word("good")}: ${rows}${said && ` → ${said}`}`;
}

async function publish() {
  const answer = await ask(data.urls.publish, { source: await source(), samples });
  tell(answer.ok ? word("published", { version: answer.body.version }) : word("failed", { why: answer.body.message ?? "" }));
}

async function begin() {
  await modeler.importXML(data.source);
  const view = modeler.getViews().find((each) => each.type === "decisionTable");
  await modeler.open(view);
  modeler.getActiveViewer().on("commandStack.changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE_MS);
  });
  part("check").addEventListener("click", check);
  part("publish").addEventListener("click", publish);
  await check();
}

begin();
