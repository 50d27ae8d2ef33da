// The editor of a drawing: bpmn-js modeler, our properties panel, findings, simulation, draft.
import { make } from "../shell/words.js";
import { vocabulary } from "./meaning.js";
import { follow } from "./panel.js";
import { simulation } from "./simulate.js";
import { ask, data, tell, word } from "./talk.js";

const PAUSE_MS = 700;
const place = document.querySelector("[data-editor]");
const part = (name) => place.querySelector(`[data-${name}]`);
const known = () => modeler.get("elementRegistry");

const speaking = ["value", (text, values = {}) =>
  (data.drawn[text] ?? text).replace(/{([^}]+)}/g, (_, name) => values[name] ?? `{${name}}`)];

const modeler = new window.BpmnJS({
  container: part("sheet"),
  moddleExtensions: { wanmi: vocabulary },
  additionalModules: [{ translate: speaking }],
});
let waiting = 0, marked = [];

const drawing = async () => (await modeler.saveXML({ format: true })).xml;

/** People draw steps for people: a new plain task is a user task from the start. */
function drawStepsForPeople() {
  const factory = modeler.get("elementFactory");
  const create = factory.create.bind(factory);
  factory.create = (kind, wanted = {}) => {
    const isPlain = wanted.type === "bpmn:Task" && !wanted.businessObject;
    return create(kind, isPlain ? { ...wanted, type: "bpmn:UserTask" } : wanted);
  };
}

function show(findings) {
  const canvas = modeler.get("canvas");
  for (const [id, marker] of marked) if (known().get(id)) canvas.removeMarker(id, marker);
  marked = findings.filter((each) => known().get(each.element)).map((each) => [each.element, `has-${each.severity}`]);
  for (const [id, marker] of marked) canvas.addMarker(id, marker);
  const lines = findings.map((each) => {
    const press = make("button", { type: "button", "data-element": each.element }, each.sentence);
    press.addEventListener("click", () => goTo(each.element));
    return make("li", { class: `findings__${each.severity}` }, press);
  });
  part("findings").replaceChildren(...(lines.length ? lines : [make("li", {}, word("sound"))]));
  part("findings").dataset.ready = "";
}

function goTo(id) {
  const element = known().get(id);
  if (!element) return;
  modeler.get("canvas").scrollToElement(element);
  modeler.get("selection").select(element);
}

async function check() {
  const answer = await ask(data.urls.check, { drawing: await drawing() });
  if (answer.ok) show(answer.body.findings);
}

async function save() {
  clearTimeout(waiting);
  const answer = await ask(data.urls.save, { drawing: await drawing(), seen: data.seen });
  if (!answer.ok) {
    tell(word("failed", { why: answer.body.message ?? "" }));
    return false;
  }
  data.seen = answer.body.seen;
  show(answer.body.findings);
  tell(word("saved"));
  return true;
}

async function begin() {
  await modeler.importXML(data.drawing);
  modeler.get("canvas").zoom("fit-viewport", "auto");
  drawStepsForPeople();
  follow(modeler, part("panel"));
  simulation(modeler, part("simulation"), drawing);
  modeler.on("commandStack.changed", () => {
    tell(word("unsaved"));
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE_MS);
  });
  part("save").addEventListener("click", save);
  part("publish").addEventListener("click", async () => {
    if (await save()) location.assign(data.urls.publish);
  });
  await check();
  place.dataset.ready = "";
}

begin();
