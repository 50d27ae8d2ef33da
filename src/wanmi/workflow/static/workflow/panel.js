// The properties panel: what a step, a way, a gateway or the procedure says to the engine.
import { make } from "../shell/words.js";
import { button, data, field, input, select, word } from "./talk.js";
import { Meaning } from "./meaning.js";

/** Keep the panel showing the selected element. */
export function follow(modeler, place) {
  const draw = () => {
    const [element] = modeler.get("selection").get();
    place.replaceChildren(...drawn(modeler, element ?? root(modeler)));
    place.dataset.element = element?.id ?? "";
  };
  modeler.on("selection.changed", draw);
  modeler.on("commandStack.changed", draw);
  draw();
}

const root = (modeler) => modeler.get("canvas").getRootElement();

function drawn(modeler, element) {
  const meaning = new Meaning(modeler, element);
  const name = field(word("name"), input(meaning.business.name), (value) => meaning.set({ name: value }));
  if (element.type === "bpmn:UserTask") return [name, ...step(meaning), ...marks(meaning)];
  if (element.type === "bpmn:StartEvent") {
    const write = (value) => meaning.set({ nameEn: value });
    return [name, field(word("name_en"), input(meaning.business.nameEn), write)];
  }
  if (element.type === "bpmn:EndEvent") return [name, ...marks(meaning)];
  if (element.type === "bpmn:SequenceFlow") return [name, ...way(meaning)];
  if (element.type === "bpmn:ExclusiveGateway") return [name, gateway(meaning)];
  const process = meaning.business.processRef ?? meaning.business;
  if (process.$type === "bpmn:Process") return whole(new Meaning(modeler, element), process);
  return [make("p", { class: "quiet" }, word("nothing"))];
}

function whole(meaning, process) {
  const change = (properties) => meaning.change(process, properties);
  return [
    make("p", { class: "quiet" }, word("nothing")),
    field(word("name"), input(process.name), (value) => change({ name: value })),
    field(word("name_en"), input(process.nameEn), (value) => change({ nameEn: value })),
    limit("whole", process.wholeLimit ?? "", (value) => change({ wholeLimit: value })),
  ];
}

function step(meaning) {
  const said = meaning.step ?? {};
  const write = (key) => (value) => meaning.setStep({ [key]: value });
  const plain = (key) => field(word(key), input(said[key]), write(key));
  const exact = make("details", {}, make("summary", {}, word("more")));
  exact.append(...["limitFrom", "bodyFrom", "holderFrom", "barredFrom"].map(plain));
  return [
    field(word("name_en"), input(said.nameEn), write("nameEn")),
    field(word("role"), select(said.role ?? "", [["", "–"], ...data.roles]), write("role")),
    limit("limit", said.limit ?? "", write("limit")),
    limit("post_limit", said.postLimit ?? "", write("postLimit")),
    field(word("stage"), input(said.stage), write("stage")),
    exact,
    heading("outcomes", () => meaning.addOutcome()),
    ...(said.outcomes ?? []).map((each) => outcome(meaning, each)),
  ];
}

function limit(key, written, write) {
  const [number, kind] = written ? written.split(" ") : ["", "work_hour"];
  const now = { number, kind };
  const say = (part) => (value) => {
    now[part] = value.trim();
    write(now.number ? `${now.number} ${now.kind}` : "");
  };
  return make("div", { class: "editor__pair" },
    field(word(key), input(number, { inputmode: "decimal" }), say("number")),
    field(word("tone"), select(kind, data.limits), say("kind")));
}

function outcome(meaning, said) {
  const write = (key) => (value) => meaning.change(said, { [key]: value });
  return make("div", { class: "editor__row", "data-outcome": said.name },
    field(word("code"), input(said.name), write("name")),
    field(word("name"), input(said.nameZh), write("nameZh")),
    field(word("name_en"), input(said.nameEn), write("nameEn")),
    field(word("form"), select(said.form ?? "", [["", word("no_form")], ...data.forms.map((name) => [name, name])]), write("form")),
    field(word("tone"), select(said.tone ?? "plain", data.tones), write("tone")),
    button(word("remove"), () => meaning.removeOutcome(said), "quiet"));
}

function marks(meaning) {
  return [
    heading("marks", () => meaning.addMark()),
    ...meaning.marks.map((mark) =>
      make("div", { class: "editor__row" },
        field(word("mark"), input(mark.name), (value) => meaning.change(mark, { name: value })),
        field(word("value"), input(mark.value), (value) => meaning.change(mark, { value })),
        button(word("remove"), () => meaning.remove(mark), "quiet"))),
  ];
}

function heading(key, add) {
  const adding = button(word("add"), add, "quiet");
  adding.dataset.add = key;
  return make("div", { class: "row" }, make("h2", {}, word(key)), adding);
}

/** A condition, and the outcomes of the step before it to choose from. */
function way(meaning) {
  const written = meaning.business.conditionExpression?.body ?? "";
  const names = outcomesBefore(meaning.business.sourceRef).map((name) => [`outcome == "${name}"`, name]);
  const parts = [field(word("condition"), input(written), (value) => meaning.setCondition(value.trim()))];
  if (names.length) {
    parts.push(field(word("outcome"), select(written, [["", "–"], ...names]), (value) => meaning.setCondition(value)));
  }
  return parts;
}

function outcomesBefore(node, seen = new Set()) {
  if (!node || seen.has(node)) return [];
  seen.add(node);
  if (node.$type === "bpmn:UserTask") {
    const step = node.extensionElements?.values?.find((each) => each.$type === "wanmi:Step");
    return (step?.outcomes ?? []).map((each) => each.name);
  }
  return (node.incoming ?? []).flatMap((flow) => outcomesBefore(flow.sourceRef, seen));
}

function gateway(meaning) {
  const ways = (meaning.business.outgoing ?? []).map((flow) => [flow.id, flow.targetRef?.name || flow.targetRef?.id]);
  const find = (id) => meaning.business.outgoing.find((flow) => flow.id === id);
  return field(word("default"), select(meaning.business.default?.id ?? "", [["", "–"], ...ways]),
    (value) => meaning.set({ default: find(value) }));
}
