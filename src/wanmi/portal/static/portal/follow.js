// A matter's page: this browser remembers its code, and its link can be copied.
const matter = document.querySelector("[data-matter]");
const button = document.querySelector("[data-share]");
const words = JSON.parse(document.getElementById("portal-words").textContent);

if (matter) {
  const { matter: code, title, at } = matter.dataset;
  self.wanmiQueue.put("mine", { code, title, at }).catch(() => null);
}

if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.origin + location.pathname);
    document.dispatchEvent(new CustomEvent("wanmi:toast", { detail: { message: words.copied, kind: "good" } }));
  });
}
