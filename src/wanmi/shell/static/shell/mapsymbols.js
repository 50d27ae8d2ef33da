// Pictures of the classes' map symbols: drawn from the house's SVG sheet when a tile first asks for one.
import { colours, SYMBOL } from "./mapstyle.js";

const SIDE = 26, SHEET = 24, SHARP = 2; // CSS pixels of a picture, units of a symbol, device pixels a CSS pixel
let sheet = null;

async function symbols(address) {
  sheet ??= fetch(address).then((answer) => answer.text()).then((text) => new DOMParser().parseFromString(text, "image/svg+xml"));
  return sheet;
}

/** Answer the map's questions for pictures; the element's `symbols` names the sheet. */
export function drawSymbols(element) {
  const address = element.getAttribute("symbols");
  if (!address) return;
  element.map.on("styleimagemissing", async ({ id }) => {
    if (!id.startsWith(SYMBOL) || element.map.hasImage(id)) return;
    const name = id.slice(SYMBOL.length);
    const found = (await symbols(address)).getElementById(name.replace("!", "") || "other");
    if (element.map && !element.map.hasImage(id)) element.map.addImage(id, picture(found, colours(element), name.startsWith("!")), { pixelRatio: SHARP });
  });
}

/** Draw a symbol on a round ground; what is not intact has the ring of what is overdue. */
function picture(symbol, paint, isAmiss) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE * SHARP;
  const pen = canvas.getContext("2d");
  pen.scale(SHARP, SHARP);
  pen.fillStyle = paint.surface;
  pen.strokeStyle = isAmiss ? paint.overdue : paint["line-strong"];
  pen.lineWidth = isAmiss ? 2 : 1;
  pen.beginPath();
  pen.arc(SIDE / 2, SIDE / 2, SIDE / 2 - 1.5, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
  const size = SIDE - 9;
  pen.translate((SIDE - size) / 2, (SIDE - size) / 2);
  pen.scale(size / SHEET, size / SHEET);
  pen.strokeStyle = isAmiss ? paint.overdue : paint.text;
  pen.lineWidth = 2;
  pen.lineCap = pen.lineJoin = "round";
  for (const shape of symbol?.children ?? []) pen.stroke(outline(shape));
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function outline(shape) {
  if (shape.localName !== "circle") return new Path2D(shape.getAttribute("d") ?? "");
  const path = new Path2D();
  path.arc(...["cx", "cy", "r"].map((name) => Number(shape.getAttribute(name))), 0, 2 * Math.PI);
  return path;
}
