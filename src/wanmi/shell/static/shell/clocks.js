// Deadlines tick while the page stands open: <time data-deadline datetime="…">.
import { say } from "./words.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400;

export function spanWords(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const days = Math.floor(whole / DAY), hours = Math.floor((whole % DAY) / HOUR), minutes = Math.floor((whole % HOUR) / MINUTE);
  const parts = days ? [["days", days], ["hours", hours]] : hours ? [["hours", hours], ["minutes", minutes]] : [["minutes", minutes]];
  const said = parts.filter(([, n]) => n).map(([unit, n]) => say(unit, { n }));
  return said.length ? said.join(" ") : say("moment");
}

function tick() {
  for (const time of document.querySelectorAll("time[data-deadline]")) {
    const seconds = (new Date(time.dateTime) - Date.now()) / 1000;
    const words = say(seconds >= 0 ? "left" : "over", { time: spanWords(seconds) });
    if (time.textContent !== words) time.textContent = words;
    if (seconds < 0) turnRed(time.closest(".lamp"));
  }
}

function turnRed(lamp) {
  if (!lamp || lamp.classList.contains("lamp--overdue")) return;
  lamp.classList.remove("lamp--in_time", "lamp--soon");
  lamp.classList.add("lamp--overdue");
  const use = lamp.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#lamp-overdue"));
}

setInterval(tick, 20_000);
document.addEventListener("visibilitychange", () => document.hidden || tick());
