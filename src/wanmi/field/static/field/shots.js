// <field-shots>: photographs with when, where, how exactly and by which device they were taken; a voice note beside them.
// `shots` holds {blob, name, sha256, said}; "change" tells of every one. Roles come from the buttons' data-role.
import { here } from "./here.js";
import { icon, make, say, size } from "./words.js";

const GALLERY_MS = 120_000;
const VOICE_MS = 120_000;
const device = () => [navigator.userAgentData?.platform, navigator.userAgentData?.brands?.at(-1)?.brand, navigator.userAgent].filter(Boolean).join(" · ").slice(0, 200);

class Shots extends HTMLElement {
  shots = [];

  connectedCallback() {
    this.list = this.querySelector("[data-shots]");
    for (const input of this.querySelectorAll("input[type=file]")) input.addEventListener("change", () => { this.#take([...input.files], input.dataset.role); input.value = ""; });
    this.addEventListener("click", (event) => this.#clicked(event.target.closest("button")));
    const voice = this.parentElement.querySelector("[data-voice]");
    if (voice) voice.hidden = !(navigator.mediaDevices?.getUserMedia && self.MediaRecorder);
    voice?.addEventListener("click", () => this.#voice(voice));
    this.dataset.ready = "";
  }

  /** Put shots back, as from a draft. */
  restore(shots) {
    this.shots = [...shots];
    this.#draw();
  }

  async #take(files, role) {
    const position = here();
    for (const file of files) {
      // Copied now: the phone may change or delete its own file before it is sent.
      const blob = new Blob([await file.arrayBuffer()], { type: file.type });
      const old = Date.now() - file.lastModified > GALLERY_MS;
      await this.#add(blob, file.name, role, old ? file.lastModified : Date.now(), old ? null : await position);
    }
  }

  async #add(blob, name, role, at, position) {
    const said = { shot_at: new Date(at).toISOString(), device: device(), role };
    if (position) Object.assign(said, { lon: position.lon, lat: position.lat, accuracy_m: Math.min(position.accuracy_m, 100_000) });
    this.shots.push({ blob, name, type: blob.type, sha256: await self.wanmiTus.digest(blob), said });
    this.#draw();
    this.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { position } }));
  }

  #draw() {
    this.list.replaceChildren(...this.shots.map((shot, place) => this.#face(shot, place)));
    for (const input of this.querySelectorAll("input[type=file][data-role]")) {
      input.closest("label").toggleAttribute("data-taken", this.shots.some(({ said }) => said.role === input.dataset.role));
    }
  }

  #face({ blob, said }, place) {
    const what = said.role ? say(`role_${said.role}`) : say("role_more");
    const url = URL.createObjectURL(blob);
    const face = blob.type.startsWith("image/") ? make("img", { src: url, alt: what }) : make("audio", { src: url, controls: true, "aria-label": what });
    const facts = [what, size(blob.size), said.accuracy_m ? `± ${Math.round(said.accuracy_m)} m` : ""].filter(Boolean).join(" · ");
    const remove = make("button", { class: "button button--icon shots__remove", type: "button", "data-remove": String(place), "aria-label": say("remove_what", { what }) }, icon("close"));
    return make("li", { class: "shots__shot" }, face, make("span", { class: "small" }, facts), remove);
  }

  #clicked(button) {
    if (button?.dataset.remove === undefined) return;
    this.shots.splice(Number(button.dataset.remove), 1);
    this.#draw();
    this.dispatchEvent(new CustomEvent("change", { bubbles: true }));
  }

  async #voice(button) {
    if (this.recorder) return this.recorder.stop();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) return document.dispatchEvent(new CustomEvent("wanmi:toast", { detail: { message: say("no_microphone"), kind: "error" } }));
    const [pieces, begun, word] = [[], Date.now(), button.querySelector("span")];
    this.recorder = new MediaRecorder(stream);
    this.recorder.ondataavailable = ({ data }) => pieces.push(data);
    this.recorder.onstop = async () => {
      stream.getTracks().forEach((track) => track.stop());
      const type = this.recorder.mimeType.split(";")[0];
      this.recorder = null;
      button.removeAttribute("aria-pressed");
      word.textContent = say("voice");
      await this.#add(new Blob(pieces, { type }), `voice.${type.split("/")[1]}`, "voice", begun, await here());
    };
    button.setAttribute("aria-pressed", "true");
    word.textContent = say("voice_stop");
    this.recorder.start();
    setTimeout(() => this.recorder?.state === "recording" && this.recorder.stop(), VOICE_MS);
  }
}

customElements.define("field-shots", Shots);
