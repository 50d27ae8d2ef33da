// What the centre said: read when seen, call-outs accepted or declined; answers wait for a connection.
import { add } from "../field/queue.js";
import { icon, make, moment, sayer } from "../field/words.js";
import { ask, call, ring } from "./patrolling.js";

const say = sayer("message-words");
const panel = document.querySelector('[data-panel="messages"]');
const [list, none] = ["", "-none"].map((name) => panel.querySelector(`[data-messages${name}]`));
let rows = [];
const said = new Set();

async function look() {
  const answer = await call("GET", "/api/v1/callouts").catch(() => null);
  if (answer?.status === 200) rows = answer.said;
  list.replaceChildren(...rows.map(line));
  none.hidden = rows.length > 0;
  none.textContent = say(answer ? "nothing" : "offline");
  panel.dataset.ready = "";
  for (const row of rows.filter(({ read_at: read, id }) => !read && !said.has(id))) {
    said.add(row.id);
    await call("POST", `/api/v1/callouts/${row.id}/answer`, { answer: "read" }).catch(() => null);
  }
  ask();
}

function line(row) {
  const facts = [row.sent_by, moment(row.sent_at), row.case ? say("case", { number: row.case }) : ""].filter(Boolean).join(" · ");
  const item = make("li", { class: `message${row.read_at ? "" : " message--unread"}`, "data-callout": row.id }, make("p", { class: "strong" }, row.words), make("p", { class: "quiet small" }, facts));
  if (row.lat !== null) item.append(make("a", { class: "button", href: `geo:${row.lat},${row.lon}?q=${row.lat},${row.lon}` }, icon("pin"), say("place")));
  if (row.answer) item.append(make("p", { class: "strong" }, icon(row.answer === "accepted" ? "check" : "close"), ` ${say(row.answer)}`));
  else if (row.kind === "callout") item.append(make("div", { class: "message__do" }, choice(row, "accepted", "accept", "button button--main"), choice(row, "declined", "decline", "button")));
  return item;
}

function choice(row, answer, words, look_) {
  const button = make("button", { class: look_, type: "button" }, say(words));
  button.addEventListener("click", async () => {
    row.answer = answer;
    list.replaceChildren(...rows.map(line));
    await add({ url: `/api/v1/callouts/${row.id}/answer`, body: { answer }, title: `${say(answer)}: ${row.words.slice(0, 40)}`, kind: "callout" });
  });
  return button;
}

panel.addEventListener("field:show", look);
document.addEventListener("wanmi:changed", ({ detail }) => {
  if (detail.about !== "callout") return;
  ring(2);
  look();
});
