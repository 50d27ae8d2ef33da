// What the map draws: the base style, our vector tile layers, points, clusters; colours come from the tokens.

export const LAMPS = ["in_time", "paused", "soon", "overdue"]; // from calm to worst
const PHASES = ["collection", "filing", "dispatch", "handling", "feedback", "check_and_close", "evaluation", "ended"];
const BLANK = { version: 8, sources: {}, layers: [{ id: "ground", type: "background" }] };

/** Resolve the tokens on the element, so that a dark wall inside a light page is drawn dark. */
export function colours(element) {
  const probe = document.createElement("i");
  element.append(probe);
  const resolve = (token) => { probe.style.color = `var(--${token})`; return getComputedStyle(probe).color; };
  const names = ["ground", "surface", "sunken", "line", "line-strong", "text", "quiet", "brand", "in-time", "soon", "overdue", "paused"];
  const found = Object.fromEntries(names.map((name) => [name, resolve(name)]));
  for (const phase of PHASES) found[phase] = resolve(`phase-${phase}`);
  probe.remove();
  return found;
}

/** Say whether the element is drawn dark. */
export function isDark(element) {
  const [r, g, b] = colours(element).surface.match(/\d+(\.\d+)?/g).map(Number);
  return r + g + b < 384;
}

/** Fetch the base map's style; where there is none the ground stays quiet and blank. */
export async function baseStyle(url, dark, paint) {
  if (!url) url = "/basemap/style.json";
  const blank = structuredClone(BLANK);
  blank.layers[0].paint = { "background-color": paint.sunken };
  try {
    const address = new URL(url, location.href);
    address.searchParams.set("theme", dark ? "dark" : "light");
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.status === 200 ? withFullAddresses(await answer.json()) : blank;
  } catch {
    return blank;
  }
}

// The worker that fetches tiles knows no page to be relative to.
function withFullAddresses(style) {
  delete style.glyphs; // labels are drawn by the browser's own fonts
  for (const source of Object.values(style.sources ?? {})) {
    source.tiles = source.tiles?.map((tile) => decodeURI(new URL(tile, location.href).href));
    if (!source.tiles) delete source.tiles;
    if (typeof source.url === "string" && source.url.startsWith("/")) source.url = new URL(source.url, location.href).href;
  }
  return style;
}

const match = (property, keys, colour, fallback) => ["match", ["to-string", ["get", property]], ...keys.flatMap((key) => [key, colour(key)]), fallback];
const phaseColour = (paint) => match("phase", PHASES, (key) => paint[key], paint.brand);
const lampColour = (paint) => match("lamp", [...LAMPS, "green", "yellow", "red"], (key) => paint[({ in_time: "in-time", green: "in-time", yellow: "soon", red: "overdue" })[key] ?? key], paint.surface);
// A shape beside the colour, as everywhere.
const LAMP_SIGN = ["match", ["to-string", ["get", "lamp"]], ["overdue", "red"], "▲", ["soon", "yellow"], "◐", "paused", "❚❚", ""];
const isCluster = [">", ["to-number", ["coalesce", ["get", "count"], ["get", "point_count"], 1]], 1];
const counted = ["coalesce", ["get", "count"], ["get", "point_count"], 1];

const font = { "text-font": ["Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"] };
const halo = (paint) => ({ "text-color": paint.text, "text-halo-color": paint.surface, "text-halo-width": 1.4 });

/** Layers of case points, single or gathered, of one source. */
export function pointLayers(source, sourceLayer, paint) {
  const of = (layer) => ({ source, ...(sourceLayer ? { "source-layer": sourceLayer } : {}), ...layer });
  const worst = sourceLayer ? lampColour(paint) : ["match", ["get", "worst"], 3, paint.overdue, 2, paint.soon, 1, paint.paused, paint["in-time"]];
  return [
    of({ id: `${source}-gathered`, type: "circle", filter: isCluster, paint: {
      "circle-radius": ["step", ["to-number", counted], 13, 10, 16, 100, 20, 1000, 26],
      "circle-color": paint.surface, "circle-stroke-width": 3, "circle-stroke-color": worst } }),
    of({ id: `${source}-number`, type: "symbol", filter: isCluster, layout: { ...font,
      "text-field": ["case", [">=", ["to-number", counted], 10000], ["concat", ["to-string", ["round", ["/", ["to-number", counted], 1000]]], "k"], ["to-string", counted]],
      "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": paint.text } }),
    of({ id: `${source}-halo`, type: "circle", filter: ["==", ["to-string", ["get", "id"]], "\u0000"], paint: {
      "circle-radius": 17, "circle-color": paint.brand, "circle-opacity": 0.18, "circle-stroke-width": 3, "circle-stroke-color": paint.brand } }),
    of({ id: `${source}-point`, type: "circle", filter: ["!", isCluster], paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 4, 15, 7.5, 18, 10],
      "circle-color": phaseColour(paint), "circle-stroke-width": 2.5, "circle-stroke-color": lampColour(paint) } }),
    of({ id: `${source}-sign`, type: "symbol", minzoom: 12, filter: ["!", isCluster], layout: { ...font,
      "text-field": LAMP_SIGN, "text-size": 10, "text-offset": [0.9, -0.9], "text-allow-overlap": true },
      paint: { "text-color": lampColour(paint), "text-halo-color": paint.surface, "text-halo-width": 1.6 } }),
  ];
}

/** Images of map symbols are named so; "!" marks what is not intact. */
export const SYMBOL = "symbol:";

const tiled = (name) => ({ type: "vector", tiles: [`${location.origin}/tiles/${name}/{z}/{x}/{y}.mvt`], minzoom: 0, maxzoom: 18 });

const drawn = {
  areas: (paint) => [
    { id: "areas-line", type: "line", source: "areas", "source-layer": "areas", paint: { "line-color": paint["line-strong"], "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.6, 15, 1.8], "line-dasharray": [4, 2] } },
    { id: "areas-name", type: "symbol", source: "areas", "source-layer": "areas", maxzoom: 16, layout: { ...font, "text-field": ["coalesce", ["get", "name"], ""], "text-size": 12, "text-max-width": 8 }, paint: halo(paint) },
  ],
  duty_grids: (paint) => [
    { id: "duty_grids-fill", type: "fill", source: "duty_grids", "source-layer": "duty_grids", minzoom: 13, paint: { "fill-color": paint.dispatch, "fill-opacity": 0.07 } },
    { id: "duty_grids-line", type: "line", source: "duty_grids", "source-layer": "duty_grids", minzoom: 13, paint: { "line-color": paint.dispatch, "line-width": 2, "line-dasharray": [6, 2] } },
    { id: "duty_grids-name", type: "symbol", source: "duty_grids", "source-layer": "duty_grids", minzoom: 14, layout: { ...font, "text-field": ["coalesce", ["get", "name"], ""], "text-size": 12, "text-max-width": 9 }, paint: { ...halo(paint), "text-color": paint.dispatch } },
  ],
  grids: (paint) => [
    { id: "grids-fill", type: "fill", source: "grids", "source-layer": "grids", minzoom: 13, paint: { "fill-color": paint.brand, "fill-opacity": 0.03 } },
    { id: "grids-line", type: "line", source: "grids", "source-layer": "grids", minzoom: 13, paint: { "line-color": paint.brand, "line-opacity": 0.35, "line-width": 0.8 } },
    { id: "grids-name", type: "symbol", source: "grids", "source-layer": "grids", minzoom: 16, layout: { ...font, "text-field": ["coalesce", ["get", "code"], ""], "text-size": 10 }, paint: { ...halo(paint), "text-color": paint.quiet } },
  ],
  parts: (paint) => [
    { id: "parts-point", type: "circle", source: "parts", "source-layer": "parts", minzoom: 14, paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 14, 2, 18, 5], "circle-color": paint.quiet, "circle-stroke-width": 1, "circle-stroke-color": paint.surface } },
    { id: "parts-symbol", type: "symbol", source: "parts", "source-layer": "parts", minzoom: 16, filter: ["has", "symbol"], layout: {
      "icon-image": ["concat", SYMBOL, ["match", ["get", "state"], "intact", "", "!"], ["get", "symbol"]],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 16, 0.6, 18, 1], "icon-padding": 0 } },
  ],
  cases: (paint) => pointLayers("cases", "cases", paint),
  cases_all: (paint) => pointLayers("cases_all", "cases_all", paint),
};

/** Return our sources and layers for the names of one `layers` attribute, lowest first. */
export function ourLayers(names, paint) {
  const order = Object.keys(drawn).filter((name) => names.includes(name));
  return {
    sources: Object.fromEntries(order.map((name) => [name, tiled(name)])),
    layers: order.flatMap((name) => drawn[name](paint)),
  };
}

/** A source of loose points that gathers them while they lie close together. */
export const pointSource = (data) => ({
  type: "geojson", data, cluster: true, clusterRadius: 36, clusterMaxZoom: 15,
  clusterProperties: { worst: ["max", ["match", ["get", "lamp"], ["overdue", "red"], 3, ["soon", "yellow"], 2, "paused", 1, 0]] },
});

/** A plain line through points [lon, lat], as from here to there. */
export const lineSource = (points) => ({ type: "geojson", data: { type: "FeatureCollection", features: points.length < 2 ? [] : [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: points } }] } });
export const lineLayer = (paint) => ({ id: "line", type: "line", source: "line", layout: { "line-cap": "round" }, paint: { "line-color": paint.brand, "line-width": 4, "line-dasharray": [0.4, 1.8] } });
