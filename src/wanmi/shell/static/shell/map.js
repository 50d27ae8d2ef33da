// <wanmi-map>: the one map of the house. Attributes: center "lon,lat", zoom, bbox "w,s,e,n", basemap (style address),
// layers "areas grids duty_grids parts cases cases_all", source (selector of the list whose rows are the points) or a JSON block inside,
// line "lon,lat lon,lat", selected (id), mark "lon,lat", pick, open (address with {id} for what is clicked). WGS-84 / CGCS2000 degrees.
// Events: wanmi:select {id, layer, properties}, wanmi:pick {lon, lat}, wanmi:moved {bbox, zoom}. data-ready when drawn.
import { allPointsOf, boundsOf, numbersOf, pointsOf } from "./mapdata.js";
import { isShown, layerSwitch, popupText, showLayer } from "./mapparts.js";
import { baseStyle, colours, isDark, lineLayer, lineSource, ourLayers, pointLayers, pointSource } from "./mapstyle.js";
import { drawSymbols } from "./mapsymbols.js";
import { whenSeen } from "./seen.js";
import { icon, make, say } from "./words.js";

const vendor = new URL("../vendor/maplibre-gl/", import.meta.url);
let loading = null;

function library() {
  loading ??= import(new URL("maplibre-gl.mjs", vendor).href).then((kit) => {
    // A page with a service worker names one within its scope: only such a worker's tiles come through it.
    const worker = document.querySelector("meta[name='map-worker']")?.content;
    if (worker) kit.setWorkerUrl(worker);
    return kit;
  });
  if (!document.querySelector("link[data-maplibre]")) {
    document.head.append(make("link", { rel: "stylesheet", href: new URL("maplibre-gl.css", vendor).href, "data-maplibre": true }));
  }
  return loading;
}

class WanmiMap extends HTMLElement {
  static observedAttributes = ["selected", "mark", "center"];

  connectedCallback() {
    if (this.started) return;
    this.started = true;
    whenSeen(this, () => this.#start().catch((error) => this.#failed(error)));
  }

  disconnectedCallback() {
    this.map?.remove();
    this.map = null;
    document.removeEventListener("htmx:after:swap", this.#reread);
    document.removeEventListener("wanmi:opened", this.#opened);
    document.removeEventListener("wanmi:closed", this.#closed);
  }

  attributeChangedCallback(name) {
    if (!this.map || !this.dataset.ready) return;
    if (name === "selected") this.#select();
    if (name === "mark") this.#mark(true);
    if (name === "center") this.map.easeTo({ center: numbersOf(this.getAttribute("center"), 2) });
  }

  /** Ask the server for fresh tiles of our own layers, after something has moved. */
  refresh() {
    if (!this.map) return;
    const now = Date.now();
    for (const name of this.layers.filter((layer) => isShown(this.map, layer))) {
      this.map.getSource(name)?.setTiles([`${location.origin}/tiles/${name}/{z}/{x}/{y}.mvt?at=${now}`]);
    }
    this.#reread();
  }

  get layers() {
    return (this.getAttribute("layers") ?? "").split(/[\s,]+/).filter(Boolean);
  }

  /** Layers the reader may switch on; they begin hidden. */
  get hiddenLayers() {
    return (this.getAttribute("off") ?? "").split(/\s+/).filter(Boolean);
  }

  async #start() {
    const { Map, Marker, Popup, NavigationControl, GeolocateControl, ScaleControl } = await library();
    this.kit = { Marker, Popup };
    this.points = pointsOf(this);
    const holder = make("div", {});
    this.prepend(holder);
    this.map = new Map({
      container: holder, style: await this.#style(), ...this.#view(), fadeDuration: 0, attributionControl: { compact: true },
      locale: { "NavigationControl.ZoomIn": say("zoom_in"), "NavigationControl.ZoomOut": say("zoom_out"), "GeolocateControl.FindMyLocation": say("locate"), "Map.Title": this.getAttribute("label") ?? say("map") },
      maxZoom: 20, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true } }), "top-right");
    // The library names this button only once it knows whether it may ask for a position.
    this.querySelector(".maplibregl-ctrl-geolocate")?.setAttribute("aria-label", say("locate"));
    if (!this.hasAttribute("pick")) this.map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-right");
    this.#listen();
    this.#furnish();
    drawSymbols(this);
    this.map.on("load", () => { this.#readAll(); this.#select(); this.#mark(false); this.#hideSome(); });
    this.map.on("idle", () => { this.dataset.ready = "true"; });
  }

  /** The base map with our layers on it, in the colours of the present theme. */
  async #style() {
    const paint = colours(this);
    this.toggleAttribute("dark", isDark(this));
    const style = await baseStyle(this.getAttribute("basemap") ?? "", isDark(this), paint);
    const ours = ourLayers(this.layers, paint);
    // A base map names the divisions once; our tiles would name them in every tile again.
    if (Object.keys(style.sources).length) ours.layers = ours.layers.filter(({ id }) => id !== "areas-name");
    const line = this.getAttribute("line")?.split(" ").map((pair) => numbersOf(pair, 2)).filter(Boolean) ?? [];
    style.sources = { ...style.sources, ...ours.sources, line: lineSource(line), points: pointSource(this.points) };
    style.layers = [...style.layers, ...ours.layers, lineLayer(paint), ...pointLayers("points", null, paint)];
    this.base = style;
    return style;
  }

  #view() {
    const bbox = numbersOf(this.getAttribute("bbox"), 4);
    const center = numbersOf(this.getAttribute("center") || this.getAttribute("mark"), 2);
    const fitted = { fitBoundsOptions: { padding: 40, maxZoom: 16 } };
    if (bbox) return { bounds: [[bbox[0], bbox[1]], [bbox[2], bbox[3]]], ...fitted };
    if (center) return { center, zoom: Number(this.getAttribute("zoom") ?? 15) };
    const bounds = boundsOf(this.points);
    if (bounds) return { bounds, ...fitted };
    return this.base.center ? { center: this.base.center, zoom: this.base.zoom ?? 11 } : { center: [116.391, 39.906], zoom: 10 };
  }

  #listen() {
    this.map.on("click", (event) => this.#clicked(event));
    this.map.on("mousemove", (event) => this.#hovered(event));
    this.map.on("moveend", () => this.#moved());
    this.map.getCanvas().addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("htmx:after:swap", this.#reread);
    document.addEventListener("wanmi:opened", this.#opened);
    document.addEventListener("wanmi:closed", this.#closed);
    this.addEventListener("wanmi:refresh", () => this.refresh());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", async () => this.map?.setStyle(await this.#style()));
  }

  #furnish() {
    if (this.layers.length > 1) this.append(layerSwitch(this));
    if (!this.hasAttribute("pick")) return;
    const cross = icon("cross");
    cross.classList.add("map__cross");
    this.append(cross, make("p", { class: "map__hint" }, say("pick_hint")));
  }

  #hideSome() {
    for (const name of this.hiddenLayers) showLayer(this.map, name, false);
  }

  #pickable() {
    return ["cases-gathered", "cases_all-gathered", "points-gathered", "cases-point", "cases_all-point", "points-point", "parts-symbol", "parts-point"].filter((id) => this.map.getLayer(id));
  }

  #at(event) {
    const reach = 6, { x, y } = event.point;
    return this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: this.#pickable() })[0];
  }

  #clicked(event) {
    if (this.hasAttribute("pick")) return this.#picked(event.lngLat);
    const found = this.#at(event);
    if (!found) return;
    if (found.layer.id.endsWith("-gathered")) return this.map.easeTo({ center: event.lngLat, zoom: this.map.getZoom() + 2 });
    this.#choose(found);
  }

  #choose({ properties, source }) {
    const detail = { id: String(properties.id ?? properties.number ?? ""), layer: source, properties };
    const mayOpen = this.dispatchEvent(new CustomEvent("wanmi:select", { detail, bubbles: true, cancelable: true }));
    if (!mayOpen) return;
    const row = document.querySelector(`[data-row="${CSS.escape(detail.id)}"] a[data-open]`);
    // A part opens on the pages of the register only; beside cases it says its name.
    const opens = this.hasAttribute("open") && (source !== "parts" || this.getAttribute("open").startsWith("/parts/"));
    if (row && (source !== "parts" || opens)) return row.click();
    if (opens && detail.id) this.#openInDrawer(this.getAttribute("open").replace("{id}", encodeURIComponent(properties.number ?? detail.id)));
  }

  // htmx does the asking, so that the address bar and the drawer behave as for a row of the list.
  #openInDrawer(href) {
    if (!document.getElementById("drawer")) return location.assign(href);
    const link = make("a", { href, hidden: true, "data-open": true, "hx-get": href, "hx-target": "#drawer", "hx-push-url": "true" });
    this.append(link);
    window.htmx.process(link);
    link.click();
    setTimeout(() => link.remove(), 5000);
  }

  #hovered(event) {
    const found = this.hasAttribute("pick") ? null : this.#at(event);
    this.map.getCanvas().style.cursor = found ? "pointer" : "";
    const words = found && popupText(found);
    if (!words) return this.popup?.remove();
    this.popup ??= new this.kit.Popup({ closeButton: false, closeOnClick: false, offset: 14 });
    this.popup.setLngLat(found.geometry.coordinates).setText(words).addTo(this.map);
  }

  #moved() {
    const bounds = this.map.getBounds().toArray().flat();
    this.dispatchEvent(new CustomEvent("wanmi:moved", { detail: { bbox: bounds, zoom: this.map.getZoom() }, bubbles: true }));
  }

  #key(event) {
    if (event.key !== "Enter" || !this.hasAttribute("pick")) return;
    event.preventDefault();
    this.#picked(this.map.getCenter());
  }

  #picked({ lng, lat }) {
    this.setAttribute("mark", `${lng.toFixed(6)},${lat.toFixed(6)}`);
    this.dispatchEvent(new CustomEvent("wanmi:pick", { detail: { lon: lng, lat }, bubbles: true }));
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #mark(move) {
    const place = numbersOf(this.getAttribute("mark"), 2);
    if (!place) return this.marker?.remove();
    this.marker ??= new this.kit.Marker({ color: colours(this).brand });
    this.marker.setLngLat(place).addTo(this.map);
    if (move && !this.map.getBounds().contains(place)) this.map.easeTo({ center: place });
  }

  #select() {
    const id = this.getAttribute("selected") || "\u0000";
    for (const layer of ["cases-halo", "cases_all-halo", "points-halo"]) {
      if (this.map.getLayer(layer)) this.map.setFilter(layer, ["==", ["to-string", ["get", "id"]], id]);
    }
    const place = this.points.features.find(({ properties }) => String(properties.id) === id)?.geometry.coordinates;
    if (place && !this.map.getBounds().contains(place)) this.map.easeTo({ center: place, zoom: Math.max(this.map.getZoom(), 15) });
  }

  #opened = (event) => this.setAttribute("selected", event.detail.id);
  #closed = () => this.removeAttribute("selected");

  #reread = () => {
    if (!this.map?.getSource("points")) return;
    this.points = pointsOf(this);
    this.map.getSource("points").setData(this.points);
    this.#readAll();
  };

  // The rows of the page stand there at once; what else the list's filter finds follows.
  async #readAll() {
    const asked = (this.asked = {});
    const all = await allPointsOf(this).catch(() => null);
    if (!all || asked !== this.asked || !this.map?.getSource("points")) return;
    this.points = all;
    this.map.getSource("points").setData(all);
    this.#select();
    this.#sayPart(all);
  }

  // A map that leaves something out says so, and how to see it all.
  #sayPart({ features, isWhole }) {
    this.querySelector(":scope > .map__part")?.remove();
    if (isWhole) return;
    const words = say("points_part", { n: features.length.toLocaleString() });
    this.append(make("p", { class: "map__part", role: "status" }, words));
  }

  // Without WebGL the list beside the map still says everything.
  #failed(error) {
    console.warn(error);
    this.append(make("p", { class: "map__failed" }, say("map_failed")));
    this.dataset.ready = "failed";
  }
}

customElements.define("wanmi-map", WanmiMap);
