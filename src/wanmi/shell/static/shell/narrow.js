// <wanmi-narrow>: an input that leaves only the choices of a long <select> that hold what was typed.

class Narrow extends HTMLElement {
  connectedCallback() {
    const [input, select] = [this.querySelector("input"), this.querySelector("select")];
    const all = [...select.querySelectorAll("optgroup")].map((group) => [group, [...group.children]]);
    input.addEventListener("input", () => this.#narrow(input.value.trim().toLowerCase(), all, select));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); select.focus(); }
    });
    this.dataset.ready = "";
  }

  // Options are taken out, not hidden: browsers on phones show hidden ones all the same.
  #narrow(text, all, select) {
    const chosen = select.value;
    for (const [group, options] of all) {
      group.replaceChildren(...options.filter((option) => option.text.toLowerCase().includes(text) || option.value === chosen));
      group.hidden = !group.children.length;
    }
    select.value = chosen;
    const left = all.flatMap(([group]) => [...group.children]);
    if (text && left.length === 1) select.value = left[0].value;
  }
}

customElements.define("wanmi-narrow", Narrow);
