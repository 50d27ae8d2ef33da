// What our namespace adds to a drawing, as the modeler's vocabulary, and reading and writing it.
const text = (name) => ({ name, isAttr: true, type: "String" });

export const vocabulary = {
  name: "Wanmi",
  uri: "urn:wanmi:bpmn:1",
  prefix: "wanmi",
  xml: { tagAlias: "lowerCase" },
  types: [
    { name: "Begun", extends: ["bpmn:StartEvent"], properties: [text("nameEn")] },
    { name: "Named", extends: ["bpmn:Process"], properties: [text("nameEn"), text("wholeLimit")] },
    {
      name: "Step",
      superClass: ["Element"],
      properties: [
        ...["role", "nameEn", "stage", "limit", "limitFrom", "postLimit", "bodyFrom", "holderFrom", "barredFrom"].map(text),
        { name: "outcomes", type: "Outcome", isMany: true },
      ],
    },
    { name: "Outcome", superClass: ["Element"], properties: ["name", "nameZh", "nameEn", "form", "tone"].map(text) },
    { name: "Mark", superClass: ["Element"], properties: ["name", "value"].map(text) },
  ],
};

/** Reads and writes the meaning of one element through the modeler's command stack (undo works). */
export class Meaning {
  constructor(modeler, element) {
    this.element = element;
    this.business = element.businessObject;
    this.modeling = modeler.get("modeling");
    this.moddle = modeler.get("moddle");
  }

  get values() {
    return this.business.extensionElements?.values ?? [];
  }

  get step() {
    return this.values.find((each) => each.$type === "wanmi:Step");
  }

  get marks() {
    return this.values.filter((each) => each.$type === "wanmi:Mark");
  }

  /** Change plain properties of the BPMN element itself. */
  set(properties) {
    this.modeling.updateProperties(this.element, properties);
  }

  setStep(properties) {
    const step = this.step ?? this.#add("wanmi:Step", {});
    const said = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value || undefined]));
    this.modeling.updateModdleProperties(this.element, step, said);
  }

  addOutcome() {
    const step = this.step ?? this.#add("wanmi:Step", {});
    const outcome = this.moddle.create("wanmi:Outcome", { name: `outcome${(step.outcomes?.length ?? 0) + 1}` });
    outcome.$parent = step;
    this.modeling.updateModdleProperties(this.element, step, { outcomes: [...(step.outcomes ?? []), outcome] });
  }

  removeOutcome(outcome) {
    const left = this.step.outcomes.filter((each) => each !== outcome);
    this.modeling.updateModdleProperties(this.element, this.step, { outcomes: left });
  }

  addMark() {
    this.#add("wanmi:Mark", { name: "", value: "" });
  }

  remove(value) {
    const left = this.values.filter((each) => each !== value);
    this.modeling.updateModdleProperties(this.element, this.business.extensionElements, { values: left });
  }

  change(part, properties) {
    const said = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value || undefined]));
    this.modeling.updateModdleProperties(this.element, part, said);
  }

  setCondition(expression) {
    const condition = expression ? this.moddle.create("bpmn:FormalExpression", { body: expression }) : undefined;
    this.set({ conditionExpression: condition });
  }

  #add(type, properties) {
    const added = this.moddle.create(type, properties);
    let holder = this.business.extensionElements;
    if (!holder) {
      holder = this.moddle.create("bpmn:ExtensionElements", { values: [added] });
      holder.$parent = this.business;
      added.$parent = holder;
      this.set({ extensionElements: holder });
      return added;
    }
    added.$parent = holder;
    this.modeling.updateModdleProperties(this.element, holder, { values: [...this.values, added] });
    return added;
  }
}
