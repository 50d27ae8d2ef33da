// <wanmi-place>: a map to pick from and two number fields that say the same; each fills the other.

class Place extends HTMLElement {
  connectedCallback() {
    this.map = this.querySelector("wanmi-map");
    this.lon = this.querySelector("[data-lon]");
    this.lat = this.querySelector("[data-lat]");
    this.map?.addEventListener("wanmi:pick", (event) => this.#fill(event.detail));
    for (const input of [this.lon, this.lat]) input.addEventListener("change", () => this.#show());
    this.dataset.ready = "";
  }

  #fill({ lon, lat }) {
    this.lon.value = lon.toFixed(6);
    this.lat.value = lat.toFixed(6);
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #show() {
    if (this.lon.value && this.lat.value) this.map?.setAttribute("mark", `${this.lon.value},${this.lat.value}`);
  }
}

customElements.define("wanmi-place", Place);
