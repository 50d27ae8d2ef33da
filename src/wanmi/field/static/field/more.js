// The page "More": who uses this phone.
import "../shell/push.js";
import { me } from "./queue.js";

document.querySelector('[data-panel="more"]').addEventListener("field:show", async () => {
  const person = await me();
  for (const place of document.querySelectorAll("[data-who]")) place.textContent = person?.name ?? "";
});
