// Where the phone is: the last position with its accuracy, kept for a minute, and distances.
const FRESH_MS = 60_000;
const RADIUS_M = 6_371_008.8;
let last = null;

/** Answer {lon, lat, accuracy_m, at}, or null where the phone cannot say. */
export function here({ freshMs = FRESH_MS, waitMs = 10_000 } = {}) {
  if (last && Date.now() - last.at < freshMs) return Promise.resolve(last);
  if (!navigator.geolocation) return Promise.resolve(last);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => { last = { lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy, at: timestamp }; resolve(last); },
      () => resolve(last),
      { enableHighAccuracy: true, timeout: waitMs, maximumAge: freshMs },
    );
  });
}

/** Metres between two points of degrees. */
export function metres(a, b) {
  const rad = Math.PI / 180;
  const [dlat, dlon] = [(b.lat - a.lat) * rad, (b.lon - a.lon) * rad];
  const half = Math.sin(dlat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dlon / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.sqrt(half));
}

export const far = (distance) => distance < 1000 ? `${Math.round(distance / 5) * 5} m` : `${(distance / 1000).toFixed(1)} km`;
