// Drag objectives, key results and to-dos by their handle. The menu of each does the same with keys.
import htmx from "./htmx.js";

let drag = null; // { item, handle, place: {next, below} | null }

const kind = (item) => item.dataset.item.split(":")[0];
const among = (item) => [...item.parentElement.children].filter((other) => other.dataset?.moves && kind(other) === kind(item));

function unmark() {
  for (const marked of document.querySelectorAll(".drop-before, .drop-after"))
    marked.classList.remove("drop-before", "drop-after");
}

function start(event) {
  const handle = event.target.closest?.("[data-handle]");
  const item = handle?.closest("[data-moves]");
  if (!item || event.button) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  item.classList.add("dragging");
  drag = { item, handle, number: null };
}

function move(event) {
  if (!drag) return;
  const { item } = drag;
  const rest = among(item).filter((other) => other !== item);
  unmark();
  if (!rest.length) return;
  const next = rest.findIndex((other) => {
    const { top, height } = other.getBoundingClientRect();
    return event.clientY < top + height / 2;
  });
  drag.number = next === -1 ? rest.length + 1 : next + 1;
  if (next === -1) rest.at(-1).classList.add("drop-after");
  else rest[next].classList.add("drop-before");
}

function end(event) {
  if (!drag) return;
  const { item, number } = drag;
  const now = among(item).indexOf(item) + 1;
  drag = null;
  item.classList.remove("dragging");
  unmark();
  const isDrop = event.type === "pointerup" && number && number !== now;
  if (isDrop) htmx.ajax("POST", item.dataset.moves, { source: item, values: { number }, swap: "none" });
}

/** Let everything with `data-moves` be dragged by its `[data-handle]`. */
export function startReorder() {
  document.addEventListener("pointerdown", start);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}
