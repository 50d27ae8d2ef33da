// Pieces around the map: the layer switch and the words of a popup.
import { icon, make, say } from "./words.js";

const CASES = ["cases", "cases_all"];

/** A menu of check boxes that shows and hides our layers by their prefix. */
export function layerSwitch(element) {
  const list = make("div", { class: "menu__list" });
  const either = element.layers.includes("cases_all");
  if (either) list.append(...casesChoice(element));
  for (const name of element.layers.filter((layer) => !either || !CASES.includes(layer))) {
    const box = make("input", { type: "checkbox", checked: !element.hiddenLayers.includes(name) });
    box.addEventListener("change", () => showLayer(element.map, name, box.checked));
    list.append(make("label", { class: "menu__item" }, box, say(`layer_${name}`)));
  }
  const summary = make("summary", { class: "button", "aria-label": say("layers") }, icon("layers"));
  return make("details", { class: "menu map__layers", "data-menu": true }, summary, list);
}

// Open cases, all of them or none: one choice, as a case would be drawn twice otherwise.
function casesChoice(element) {
  const shown = CASES.find((name) => element.layers.includes(name) && !element.hiddenLayers.includes(name)) ?? "";
  return ["cases", "cases_all", ""].map((chosen) => {
    const button = make("input", { type: "radio", name: `${element.id || "map"}-cases`, checked: chosen === shown });
    button.addEventListener("change", () => CASES.forEach((name) => showLayer(element.map, name, name === chosen)));
    return make("label", { class: "menu__item" }, button, say(chosen ? `layer_${chosen === "cases" ? "cases_open" : chosen}` : "layer_no_cases"));
  });
}

/** Show or hide all of our layers of one name. */
export function showLayer(map, name, visible) {
  for (const { id } of map.getStyle().layers) {
    if (id.startsWith(`${name}-`)) map.setLayoutProperty(id, "visibility", visible ? "visible" : "none");
  }
}

/** What hovering says: how many cases are gathered here, or the point's own label. */
export function popupText({ properties, source }) {
  const count = Number(properties.count ?? properties.point_count ?? 1);
  if (count > 1) return say(source === "parts" ? "parts_here" : "cases_here", { n: count.toLocaleString() });
  return String(properties.label ?? properties.name ?? properties.number ?? "");
}

/** Say whether our layers of one name are switched on. */
export function isShown(map, name) {
  const layer = map.getStyle().layers.find(({ id }) => id.startsWith(`${name}-`));
  return layer?.layout?.visibility !== "none";
}
