// What duty, tracks, alarm and messages share: the server's word about duty, kept for times without it, and the position.
const KEPT = "wanmi.patrol.duty";
const listeners = new Set();

/** What the server said last: {now, shift, stint, pace, alarm, unread}, or null. */
export const kept = () => JSON.parse(localStorage.getItem(KEPT) ?? "null");

/** Keep a new word about duty and tell everybody who listens. */
export function keep(duty) {
  localStorage.setItem(KEPT, JSON.stringify(duty));
  for (const listener of listeners) listener(duty);
}

export const listen = (listener) => listeners.add(listener);

/** Ask the server anew; null without a connection. */
export async function ask() {
  const said = await call("GET", "/api/v1/duty").catch(() => null);
  if (said?.status !== 200) return null;
  keep(said.said);
  return said.said;
}

/** Call the API as who is signed in: {status, said}. Throws without a connection. */
export async function call(method, url, body, key) {
  await self.fieldQueue.who();
  return self.fieldQueue.call(method, url, { body, key });
}

/** Where the phone is: {lon, lat, accuracy_m, speed_ms, at}, WGS-84; null where it does not know. */
export function position({ precise = true, maximumAge = 0, timeout = 15_000 } = {}) {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(({ coords, timestamp }) => resolve({
      lon: coords.longitude, lat: coords.latitude, accuracy_m: Math.min(coords.accuracy ?? 0, 100_000), speed_ms: coords.speed, at: Math.round(timestamp),
    }), () => resolve(null), { enableHighAccuracy: precise, maximumAge, timeout });
  });
}

let context = null;
addEventListener("pointerdown", () => { context ??= new AudioContext(); context.resume(); }, { once: true });

/** Let the phone be heard and felt: `times` tones. */
export function ring(times = 3) {
  navigator.vibrate?.(Array.from({ length: times * 2 - 1 }, () => 250));
  if (context?.state !== "running") return;
  for (let n = 0; n < times; n += 1) {
    const [tone, loud, begin] = [context.createOscillator(), context.createGain(), context.currentTime + n * 0.35];
    tone.frequency.value = 880;
    loud.gain.setValueAtTime(0.25, begin);
    loud.gain.exponentialRampToValueAtTime(0.001, begin + 0.3);
    tone.connect(loud).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + 0.3);
  }
}
