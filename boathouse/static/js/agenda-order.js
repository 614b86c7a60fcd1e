// Drag the lines of a list into another order; the server is told the whole order. Buttons do the same.
import htmx from "./htmx.js";

const LINE = "[data-reorder] > [data-id]";
let dragged = null;
let before = "";

const order = (list) => [...list.children].map((line) => line.dataset.id).join(" ");

const isCoach = () => ["owner", "facilitator"].includes(document.body.dataset.standing);

/** Only the closed line can be dragged: below it are fields, whose text is there to be selected. */
function press({ target }) {
  const line = target.closest?.(LINE);
  if (line) line.draggable = isCoach() && target.closest("summary") !== null;
}

function start(event) {
  const line = event.target.closest?.(LINE);
  if (!line) return;
  dragged = line;
  before = order(line.parentElement);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("application/x-boathouse", line.dataset.id); // with nothing to carry, Safari and Firefox may not drag
  line.classList.add("dragged");
}

function over(event) {
  const line = event.target.closest?.(LINE);
  if (!dragged || !line || line.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (line === dragged) return;
  const { top, height } = line.getBoundingClientRect();
  line[event.clientY > top + height / 2 ? "after" : "before"](dragged);
}

function end() {
  if (!dragged) return;
  const list = dragged.parentElement;
  dragged.classList.remove("dragged");
  dragged = null;
  const ids = order(list);
  if (ids === before) return;
  htmx.ajax("POST", list.dataset.reorder, { source: list, values: { ids }, target: "#agenda", swap: "outerMorph" });
}

/** Let lists with `data-reorder` be dragged. */
export function startReordering() {
  document.addEventListener("pointerdown", press);
  document.addEventListener("dragstart", start);
  document.addEventListener("dragover", over);
  document.addEventListener("dragend", end);
}
