// The pages of a plan. Lists of units: tick all, count what is ticked, and drag lines onto a wave. The form below does the same by keyboard.
import { watchNews } from "./plan-news.js";
import { moved, saysHowMany } from "./unit-moves.js";

const form = document.querySelector("form[data-unit-moves]");

const boxes = () => [...form.querySelectorAll("input[name=units]")];

function count() {
  const ticked = boxes().filter((box) => box.checked).length;
  form.querySelector("[data-ticked]").textContent = saysHowMany(ticked);
  const all = form.querySelector("[data-ticks-all]");
  all.checked = ticked > 0 && ticked === boxes().length;
  all.indeterminate = ticked > 0 && ticked < boxes().length;
}

function changed({ target }) {
  if (target.matches("[data-ticks-all]")) for (const box of boxes()) box.checked = target.checked;
  count();
}

let dragged = [];

function start(event) {
  const line = event.target.closest?.("tr[data-unit]");
  if (!line) return;
  dragged = moved(line.dataset.unit, boxes().filter((box) => box.checked).map((box) => box.value));
  for (const id of dragged) form.querySelector(`#unit-${id}`)?.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("application/x-boathouse", line.dataset.unit); // with nothing to carry, Safari and Firefox may not drag
}

function over(event) {
  const dock = event.target.closest?.("[data-wave]");
  for (const each of document.querySelectorAll(".is-over")) each.classList.toggle("is-over", each === dock);
  if (!dock || !dragged.length) return;
  event.preventDefault();
  dock.classList.add("is-over");
}

function end() {
  dragged = [];
  for (const each of document.querySelectorAll(".is-over, .dragged")) each.classList.remove("is-over", "dragged");
}

function drop(event) {
  const dock = event.target.closest?.("[data-wave]");
  if (!dock || !dragged.length) return;
  event.preventDefault();
  for (const box of boxes()) box.checked = dragged.includes(box.value);
  form.elements.wave.value = dock.dataset.wave;
  end();
  form.requestSubmit(form.querySelector("button[value=move]"));
}

if (form?.querySelector("[data-ticked]")) {
  form.addEventListener("change", changed);
  if (form.elements.wave) {
    document.addEventListener("dragstart", start);
    document.addEventListener("dragover", over);
    document.addEventListener("dragend", end);
    document.addEventListener("drop", drop);
  }
  count(); // the browser may have kept ticks over a reload
}
watchNews();
