// The terminal's own packages: my areas, classes, tasks with their cases, parts, the base map.
import { ask, offer, pages, read } from "./kit.js";
import { say } from "./words.js";

const ZOOMS = [10, 16];
const MOST_TILES = 4000;
const MAP = "wanmi-field-map";
const AT_ONCE = 6;
const COLUMNS = ["kind", "code", "of_part", "major_code", "name_zh", "name_en", "major_zh", "major_en"];

const slim = (row, columns) => Object.fromEntries(columns.map((name) => [name, row[name]]));

offer({ key: "areas", label: say("kit_areas"), take: async () => (await ask("/field/areas")).items });
offer({
  key: "classes", label: say("kit_classes"),
  take: async () => [...await pages("/api/v1/categories?kind=event&limit=500"), ...await pages("/api/v1/categories?kind=part&limit=500")].map((row) => slim(row, COLUMNS)),
});
offer({ key: "tasks", label: say("kit_tasks"), take: tasks, count: (rows) => rows.items.length });
offer({
  key: "parts", label: say("kit_parts"),
  take: async (progress) => {
    const rows = await pages("/api/v1/parts?limit=500", progress);
    return rows.map((row) => slim(row, ["identifier", "category", "name_zh", "name_en", "state", "lon", "lat", "version"]));
  },
});
offer({ key: "map", label: say("kit_map"), take: map, count: (rows) => rows.tiles });

/** Tasks, and the cases they are about with their photographs' addresses. */
async function tasks(progress) {
  const items = await pages("/api/v1/tasks?limit=200");
  const cases = {};
  for (const number of new Set(items.map((task) => task.case).filter(Boolean))) {
    cases[number] = await ask(`/api/v1/cases/${encodeURIComponent(number)}`).catch(() => null);
    progress(Object.keys(cases).length);
  }
  return { items, cases };
}

const column = (lon, zoom) => Math.floor((lon + 180) / 360 * 2 ** zoom);
const line = (lat, zoom) => Math.floor((1 - Math.asinh(Math.tan(lat * Math.PI / 180)) / Math.PI) / 2 * 2 ** zoom);

/** The addresses of the tiles of an area's box, from far to near. */
export function tilesOf([west, south, east, north], template) {
  const found = [];
  for (let z = ZOOMS[0]; z <= ZOOMS[1]; z += 1) {
    for (let x = column(west, z); x <= column(east, z); x += 1) {
      for (let y = line(north, z); y <= line(south, z); y += 1) found.push(template.replace("{z}", z).replace("{x}", x).replace("{y}", y));
    }
  }
  return found;
}

/** Keep the base map of my areas: its style by day and by night and its tiles, in the browser's cache. */
async function map(progress) {
  const cache = await caches.open(MAP);
  const urls = [];
  let template = "";
  for (const theme of ["light", "dark"]) {
    const url = `/basemap/style.json?theme=${theme}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.status !== 200) return { tiles: 0, bytes: 0 };
    await cache.put(url, answer.clone());
    const sources = Object.values((await answer.json()).sources);
    template ||= sources.flatMap((source) => source.tiles ?? [])[0] ?? "";
  }
  for (const { bbox } of await read("areas", 0) ?? []) if (bbox) urls.push(...tilesOf(bbox, template));
  const wanted = [...new Set(urls)].slice(0, MOST_TILES);
  const bytes = await keep(cache, wanted, progress);
  return { tiles: wanted.length, bytes };
}

async function keep(cache, urls, progress) {
  let [bytes, done, next] = [0, 0, 0];
  const worker = async () => {
    while (next < urls.length) {
      const url = urls[next++];
      const answer = await fetch(url);
      if (answer.status === 200) {
        bytes += (await answer.clone().blob()).size;
        await cache.put(url, answer);
      }
      progress(done += 1, urls.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return bytes;
}
