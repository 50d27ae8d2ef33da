// Where the map's loose points come from: a JSON block inside it, or the rows of the list beside it.

const EMPTY = { type: "FeatureCollection", features: [] };

const feature = ({ lon, lat, ...properties }) => ({
  type: "Feature", properties, geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] },
});

/** Rows are [data-row=id][data-lon][data-lat] with data-phase, data-lamp, data-label. */
function fromRows(list) {
  const rows = [...list.querySelectorAll("[data-row][data-lon]:not([data-astray])")].filter((row) => row.dataset.lon && row.dataset.lat);
  return rows.map(({ dataset: d }) => feature({ id: d.row, lon: d.lon, lat: d.lat, phase: d.phase, lamp: d.lamp, label: d.label }));
}

/** Return the points of a map element as GeoJSON (longitude, latitude in degrees). */
export function pointsOf(map) {
  const source = map.getAttribute("source");
  const list = source && document.querySelector(source);
  if (list) return { ...EMPTY, features: fromRows(list) };
  const block = map.querySelector(":scope > script[type='application/json']");
  return block ? { ...EMPTY, features: JSON.parse(block.textContent).map(feature) } : EMPTY;
}

/** Return every point of the list beside the map, not only its page, as the server tells them; null where it tells none. */
export async function allPointsOf(map) {
  const source = map.getAttribute("source");
  const url = source && document.querySelector(source)?.dataset.points;
  if (!url) return null;
  const answer = await fetch(url);
  if (!answer.ok) return null;
  const { points, is_whole: isWhole } = await answer.json();
  return { ...EMPTY, features: points.map(feature), isWhole };
}

/** Return [[west, south], [east, north]] of the points, or null where there are none. */
export function boundsOf(points) {
  const places = points.features.map(({ geometry }) => geometry.coordinates);
  if (!places.length) return null;
  const lons = places.map(([lon]) => lon), lats = places.map(([, lat]) => lat);
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

/** Read "a,b,…" as numbers, or null where the attribute is missing or not numbers. */
export function numbersOf(text, count) {
  const numbers = (text ?? "").split(",").map(Number);
  return text && numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
}
