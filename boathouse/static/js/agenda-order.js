// Drag the lines of a list into another order; the server is told the whole order. Buttons do the same.
import htmx from "./htmx.js";
import { onArrive, within } from "./arrive.js";

let dragged = null;

const lines = (list) => [...list.children].filter((line) => line.dataset.id);

function start(event) {
  const line = event.target.closest?.("[data-reorder] > [data-id]");
  if (!line || event.target.closest("form")) return;
  dragged = line;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", line.dataset.id);
  line.classList.add("dragged");
}

function over(event) {
  const line = event.target.closest?.("[data-reorder] > [data-id]");
  if (!dragged || !line || line.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const { top, height } = line.getBoundingClientRect();
  const below = event.clientY > top + height / 2;
  if (line !== dragged) line[below ? "after" : "before"](dragged);
}

function end() {
  if (!dragged) return;
  const list = dragged.parentElement;
  dragged.classList.remove("dragged");
  dragged = null;
  const ids = lines(list).map((line) => line.dataset.id).join(" ");
  if (ids === list.dataset.order) return;
  htmx.ajax("POST", list.dataset.reorder, { values: { ids }, target: `#${list.closest("section").id}`, swap: "outerMorph" });
}

/** Let lists with `data-reorder` be dragged. */
export function startReordering() {
  onArrive((root) =>
    within(root, "[data-reorder]").forEach((list) => {
      list.dataset.order = lines(list).map((line) => line.dataset.id).join(" ");
      for (const summary of list.querySelectorAll(":scope > li > details > summary")) summary.closest("li").draggable = true;
    }),
  );
  document.addEventListener("dragstart", start);
  document.addEventListener("dragover", over);
  document.addEventListener("dragend", end);
}
