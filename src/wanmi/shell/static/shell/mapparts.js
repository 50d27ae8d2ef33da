// Pieces around the map: the layer switch and the words of a popup.
import { icon, make, say } from "./words.js";

/** A menu of check boxes that shows and hides our layers by their prefix. */
export function layerSwitch(element) {
  const list = make("div", { class: "menu__list" });
  for (const name of element.layers) {
    const box = make("input", { type: "checkbox", checked: !element.hiddenLayers.includes(name) });
    box.addEventListener("change", () => showLayer(element.map, name, box.checked));
    list.append(make("label", { class: "menu__item" }, box, say(`layer_${name}`)));
  }
  const summary = make("summary", { class: "button", "aria-label": say("layers") }, icon("layers"));
  return make("details", { class: "menu map__layers", "data-menu": true }, summary, list);
}

/** Show or hide all of our layers of one name. */
export function showLayer(map, name, visible) {
  for (const { id } of map.getStyle().layers) {
    if (id.startsWith(`${name}-`)) map.setLayoutProperty(id, "visibility", visible ? "visible" : "none");
  }
}

/** What hovering says: how many cases are gathered here, or the point's own label. */
export function popupText({ properties }) {
  const count = Number(properties.count ?? properties.point_count ?? 1);
  if (count > 1) return say("cases_here", { n: count.toLocaleString() });
  return String(properties.label ?? properties.name ?? properties.number ?? "");
}

/** Say whether our layers of one name are switched on. */
export function isShown(map, name) {
  const layer = map.getStyle().layers.find(({ id }) => id.startsWith(`${name}-`));
  return layer?.layout?.visibility !== "none";
}
