// The one search box: suggestions while one types, walked with the arrows, Enter opens, Esc closes.
const PATIENCE = 250;

class Search {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("input[role='combobox']");
    this.list = form.querySelector("[role='listbox']");
    this.box.addEventListener("input", () => this.later());
    this.box.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || this.close());
    // A press on a line must not take the focus away before the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get lines() {
    return [...this.list.querySelectorAll("[role='option']")];
  }

  later() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (!this.box.value.trim()) return this.close();
    this.timer = setTimeout(() => this.ask(), PATIENCE);
  }

  async ask() {
    this.asked = new AbortController();
    const url = new URL(this.form.action);
    url.searchParams.set("q", this.box.value);
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: this.asked.signal });
      if (!answer.ok) return this.close();
      this.show(await answer.text());
    } catch (error) {
      // Typing on takes a question back; without a connection Enter still leads to the page.
      if (error.name !== "AbortError") this.close();
    }
  }

  show(html) {
    if (!this.form.contains(document.activeElement)) return;
    this.list.innerHTML = html;
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    this.choose(null);
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.choose(null);
  }

  choose(line) {
    for (const each of this.lines) each.setAttribute("aria-selected", String(each === line));
    this.chosen = line;
    if (!line) return this.box.removeAttribute("aria-activedescendant");
    this.box.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const lines = this.list.hidden ? [] : this.lines;
    const at = lines.indexOf(this.chosen);
    if (event.key === "Escape" && !this.list.hidden) { event.stopPropagation(); return this.close(); }
    if (event.isComposing || !lines.length) return;
    if (event.key === "ArrowDown") this.choose(lines[(at + 1) % lines.length]);
    else if (event.key === "ArrowUp") this.choose(lines[at > 0 ? at - 1 : lines.length - 1]);
    else if (event.key === "Enter" && this.chosen) this.chosen.click();
    else return;
    event.preventDefault();
  }
}

for (const form of document.querySelectorAll("[data-search]")) new Search(form);
