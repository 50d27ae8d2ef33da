// <wanmi-compare>: two pictures, one slider; the input inside makes it work by keyboard.

class Compare extends HTMLElement {
  connectedCallback() {
    const range = this.querySelector("input");
    const cut = () => this.style.setProperty("--cut", `${range.value}%`);
    range.addEventListener("input", cut);
    cut();
    this.dataset.ready = "";
  }
}

customElements.define("wanmi-compare", Compare);
