// Trying a path before it is published: outcome by outcome, or at random; the step is lit.
import { make } from "../shell/words.js";
import { ask, button, data, field, select, word } from "./talk.js";

export function simulation(modeler, place, drawing) {
  let path = [], given = {}, lit = [];
  const canvas = modeler.get("canvas"), known = modeler.get("elementRegistry");

  async function go() {
    const answer = await ask(data.urls.simulate, { drawing: await drawing(), path, data: given });
    light([]);
    if (!answer.ok) {
      place.replaceChildren(begin(), make("p", {}, word("failed", { why: answer.body.message ?? "" })));
      return false;
    }
    given = answer.body.data;
    light(answer.body.end ? [answer.body.end] : answer.body.waiting.map((each) => each.step));
    place.replaceChildren(begin(), ...questions(answer.body), passed(answer.body), ...ways(answer.body));
    place.dataset.ready = "";
    return answer.body;
  }

  function light(ids) {
    for (const id of lit) if (known.get(id)) canvas.removeMarker(id, "is-current");
    lit = ids.filter((id) => known.get(id));
    for (const id of lit) canvas.addMarker(id, "is-current");
  }

  const begin = () => make("div", { class: "row" },
    button(word(path.length ? "again" : "begin"), () => { path = []; go(); }),
    ...(path.length ? [button(word("back"), () => { path.pop(); go(); }, "quiet")] : []),
    button(word("random"), walk, "quiet"));

  function questions(state) {
    return Object.entries(state.questions).map(([name, values]) => {
      const pairs = values.map((value) => [JSON.stringify(value), typeof value === "boolean" ? word(value ? "yes" : "no") : String(value)]);
      return field(name, select(JSON.stringify(state.data[name]), pairs), (value) => {
        given[name] = JSON.parse(value);
        path = [];
        go();
      });
    });
  }

  const passed = (state) => make("ol", { class: "steps" }, ...state.path.map(([, , name, outcome]) => make("li", {}, `${name} → ${outcome}`)));

  function ways(state) {
    if (state.end) return [make("p", { "data-end": state.end }, make("strong", {}, word("ended", { name: known.get(state.end)?.businessObject.name ?? state.end })))];
    if (!state.waiting.length) return [make("p", {}, word("stuck"))];
    return state.waiting.map((each) => make("div", { class: "stack stack--close" }, make("strong", {}, word("waits", { name: each.name })),
      make("div", { class: "row" }, ...each.outcomes.map(([key, label]) => button(label, () => { path.push([each.step, key]); go(); })))));
  }

  async function walk() {
    path = [];
    for (let state = await go(); state && !state.end && state.waiting.length && path.length < 40;) {
      const each = state.waiting[Math.floor(Math.random() * state.waiting.length)];
      path.push([each.step, each.outcomes[Math.floor(Math.random() * each.outcomes.length)][0]]);
      state = await go();
    }
  }

  place.replaceChildren(begin());
}
