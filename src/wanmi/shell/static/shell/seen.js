// Heavy things wait until they come into view.

/** Call `start` once, when the element is first on the screen. */
export function whenSeen(element, start) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    start();
  }, { rootMargin: "200px" });
  watch.observe(element);
}
