// The command desk sounds until somebody has answered every alarm. A browser lets a page sound only after a
// press on it, so a desk that has just been opened asks for one.
let context = null;
let timer = 0;

const siren = () => document.querySelector("[data-siren]");
const unanswered = () => siren()?.dataset.unanswered.trim() ?? "";

function sound() {
  context ??= new AudioContext();
  if (context.state !== "running") return;
  const begin = context.currentTime;
  const [tone, loud] = [context.createOscillator(), context.createGain()];
  tone.type = "square";
  for (let n = 0; n < 4; n += 1) tone.frequency.setValueAtTime(n % 2 ? 660 : 990, begin + n * 0.22);
  loud.gain.setValueAtTime(0.18, begin);
  loud.gain.exponentialRampToValueAtTime(0.001, begin + 0.9);
  tone.connect(loud).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + 0.9);
}

function look() {
  const waits = unanswered() !== "";
  document.body.dataset.alarm = waits ? "waits" : "";
  const button = document.querySelector("[data-sound]");
  if (button) button.hidden = context?.state === "running";
  if (waits && !timer) { sound(); timer = setInterval(sound, 1500); }
  if (!waits) { clearInterval(timer); timer = 0; }
}

async function wake() {
  context ??= new AudioContext();
  await context.resume();
  look();
}

addEventListener("pointerdown", wake);
addEventListener("keydown", wake);
document.addEventListener("htmx:after:swap", look);
// An alarm does not wait for the gathering of other news.
document.addEventListener("wanmi:changed", ({ detail }) => {
  if (detail.about === "alarm") document.getElementById("now")?.dispatchEvent(new CustomEvent("wanmi:refresh"));
});
look();
