// <wanmi-corners>: an area drawn by its corners. Each pick on the map is one; the hidden field holds "lon,lat lon,lat …".
import { colours } from "../shell/mapstyle.js";

class Corners extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.element = this.querySelector("wanmi-map");
    this.field = this.querySelector("[name=corners]");
    this.said = this.querySelector("[role=status]");
    this.area = this.closest("form").elements.area;
    this.corners = this.field.value.split(" ").filter(Boolean).map((text) => text.split(",").map(Number));
    this.addEventListener("wanmi:pick", ({ detail: { lon, lat } }) => this.#keep([...this.corners, [Number(lon.toFixed(5)), Number(lat.toFixed(5))]]));
    this.querySelector("[data-undo]").addEventListener("click", () => this.#keep(this.corners.slice(0, -1)));
    this.querySelector("[data-clear]").addEventListener("click", () => this.#keep([]));
    new MutationObserver(() => this.#draw()).observe(this.element, { attributeFilter: ["data-ready"] });
    this.#keep(this.corners);
    this.dataset.ready = "";
  }

  #keep(corners) {
    this.corners = corners;
    const count = corners.length;
    this.field.value = count >= 3 ? corners.map((corner) => corner.join(",")).join(" ") : "";
    for (const button of this.querySelectorAll("[data-undo], [data-clear]")) button.disabled = !count;
    if (this.area) this.area.disabled = count >= 3;
    const words = this.said.dataset[count === 0 ? "none" : count < 3 ? "few" : "drawn"];
    this.said.textContent = count ? `${count} ${words}` : words;
    if (!count) this.element.removeAttribute("mark");
    else this.element.setAttribute("mark", corners.at(-1).join(","));
    this.#draw();
  }

  #draw() {
    const map = this.element.map;
    if (!map || !this.element.dataset.ready) return;
    if (!map.getSource("corners")) this.#furnish(map);
    map.getSource("corners").setData(shape(this.corners));
  }

  #furnish(map) {
    const colour = colours(this).brand;
    map.addSource("corners", { type: "geojson", data: shape([]) });
    map.addLayer({ id: "corners-fill", type: "fill", source: "corners", filter: ["==", "$type", "Polygon"], paint: { "fill-color": colour, "fill-opacity": 0.18 } });
    map.addLayer({ id: "corners-line", type: "line", source: "corners", paint: { "line-color": colour, "line-width": 2 } });
    map.addLayer({ id: "corners-point", type: "circle", source: "corners", filter: ["==", "$type", "Point"], paint: { "circle-color": colour, "circle-radius": 5 } });
    map.on("styledata", () => { if (!map.getSource("corners")) this.#draw(); });
  }
}

function shape(corners) {
  const features = corners.map((corner) => piece("Point", corner));
  if (corners.length === 2) features.push(piece("LineString", corners));
  if (corners.length > 2) features.push(piece("Polygon", [[...corners, corners[0]]]));
  return { type: "FeatureCollection", features };
}

const piece = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });

customElements.define("wanmi-corners", Corners);
