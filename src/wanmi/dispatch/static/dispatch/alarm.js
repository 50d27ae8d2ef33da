// An open alarm's page follows: it is read again whenever its person moved or somebody answered.
const page = document.querySelector("[data-alarm]");
let waiting = 0;

document.addEventListener("wanmi:changed", ({ detail }) => {
  if (detail.subject !== page.dataset.alarm || document.activeElement?.closest("textarea")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => location.reload(), 1500);
});
