// Drag an item of a draft by its handle to another place of its list. Its menu does the same by keyboard.
import htmx from "./htmx.js";

let drag = null; // { item, others, number }

/** The number, from 1, of the place at height `y` among items whose middles are given. */
export const numberAt = (middles, y) => middles.filter((middle) => middle < y).length + 1;

const middle = (element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

function listOf(item) {
  const [kind] = item.dataset.item.split(":");
  return [...item.parentElement.children].filter((each) => each.dataset.moves && each.dataset.item.startsWith(`${kind}:`));
}

function start(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  const item = handle.closest("[data-moves]");
  drag = { item, others: listOf(item).filter((each) => each !== item), number: null };
  item.classList.add("dragging");
}

function mark({ others, number }) {
  for (const each of others) each.classList.remove("drop-before", "drop-after");
  if (number <= others.length) others[number - 1].classList.add("drop-before");
  else others.at(-1)?.classList.add("drop-after");
}

function move({ clientY }) {
  if (!drag) return;
  drag.number = numberAt(drag.others.map(middle), clientY);
  mark(drag);
}

function stop() {
  if (!drag) return null;
  const { item, others, number } = drag;
  for (const each of [item, ...others]) each.classList.remove("dragging", "drop-before", "drop-after");
  drag = null;
  return { item, number };
}

function drop() {
  const before = drag && listOf(drag.item).indexOf(drag.item) + 1;
  const dropped = stop();
  if (!dropped?.number || dropped.number === before) return;
  const { item, number } = dropped;
  htmx.ajax("POST", item.dataset.moves, { source: item, swap: "none", values: { number } });
}

/** Let `[data-handle]` drag its `[data-moves]`. */
export function startItemOrder() {
  document.addEventListener("pointerdown", start);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && stop());
}
