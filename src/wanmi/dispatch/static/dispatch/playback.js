// A stint's track on the map, with a slider through its time.
const holder = document.querySelector("[data-playback]");
const map = holder.querySelector("wanmi-map");
const [slider, time, play] = ["[data-slider]", "[data-time]", "[data-play]"].map((name) => holder.querySelector(name));
const STEP_MS = 60, STEPS = 400;
let track = null;
let timer = 0;

const line = (places) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: places } });
const point = (place) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: place } });

// The tokens are written as light-dark(); a probe says which of the two holds.
function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  map.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

async function begin() {
  const answer = await fetch(holder.dataset.playback, { headers: { Accept: "application/json" } });
  track = answer.ok ? await answer.json() : { places: [], at: [] };
  if (!track.places.length) { time.textContent = holder.dataset.nothing; holder.dataset.ready = "empty"; return; }
  slider.max = track.places.length - 1;
  slider.value = slider.max;
  slider.disabled = false;
  slider.addEventListener("input", show);
  play.addEventListener("click", toggle);
  whenDrawn(() => { draw(); fit(); show(); holder.dataset.ready = "true"; });
  show();
}

function whenDrawn(deed) {
  if (map.dataset.ready) return deed();
  const seen = new MutationObserver(() => { if (map.dataset.ready) { seen.disconnect(); deed(); } });
  seen.observe(map, { attributes: true, attributeFilter: ["data-ready"] });
}

function draw() {
  const drawn = map.map;
  if (!drawn || drawn.getSource("track")) return;
  drawn.addSource("track", { type: "geojson", data: line(track.places) });
  drawn.addSource("walked", { type: "geojson", data: line(track.places) });
  drawn.addSource("walker", { type: "geojson", data: point(track.places[0]) });
  drawn.addLayer({ id: "track", type: "line", source: "track", paint: { "line-color": colour("--quiet"), "line-width": 2, "line-opacity": 0.5 } });
  drawn.addLayer({ id: "walked", type: "line", source: "walked", paint: { "line-color": colour("--brand"), "line-width": 4 } });
  drawn.addLayer({ id: "walker", type: "circle", source: "walker", paint: { "circle-radius": 9, "circle-color": colour("--brand"), "circle-stroke-width": 3, "circle-stroke-color": colour("--surface") } });
  // A change of theme draws the map anew, without what was added to it.
  drawn.on("styledata", () => { if (!drawn.getSource("track") && drawn.isStyleLoaded()) { draw(); show(); } });
}

function fit() {
  const [lons, lats] = [0, 1].map((side) => track.places.map((place) => place[side]));
  const box = [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
  map.map?.fitBounds(box, { padding: 50, maxZoom: 17, duration: 0 });
}

function show() {
  const place = Number(slider.value);
  const at = new Date(track.at[place]);
  time.textContent = at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  slider.setAttribute("aria-valuetext", time.textContent);
  const drawn = map.map;
  if (!drawn?.getSource("walker")) return;
  drawn.getSource("walked").setData(line(track.places.slice(0, Math.max(place + 1, 2))));
  drawn.getSource("walker").setData(point(track.places[place]));
}

function toggle() {
  if (timer) return stop();
  if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
  const step = Math.max(1, Math.round(track.places.length / STEPS));
  play.setAttribute("aria-pressed", "true");
  timer = setInterval(() => {
    slider.value = Number(slider.value) + step;
    show();
    if (Number(slider.value) >= Number(slider.max)) stop();
  }, STEP_MS);
}

function stop() {
  clearInterval(timer);
  timer = 0;
  play.removeAttribute("aria-pressed");
}

begin();
