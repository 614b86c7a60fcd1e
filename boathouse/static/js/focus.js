// After adding something, its first field gets the focus as soon as it has arrived.
import { madeBy } from "./adding.js";
import { onArrive } from "./arrive.js";

const PATIENCE = 5000; // ms
const heard = new WeakSet(); // elements whose answers we listen to
let wanted = null;
let timer;

function look() {
  const field = wanted && document.querySelector(`[data-field="${CSS.escape(wanted)}"]`);
  if (!field) return;
  wanted = null;
  field.focus();
  field.scrollIntoView({ block: "nearest" });
}

function want({ currentTarget, detail: { value } }) {
  if (madeBy(currentTarget, value)) return;
  wanted = value;
  clearTimeout(timer);
  timer = setTimeout(() => (wanted = null), PATIENCE); // nobody is pulled away from what they went on to do
  look();
}

/** Follow `HX-Trigger: {"focusField": "<root name>"}`. */
export function startFocus() {
  // The button may be gone from the page when its answer comes, so we listen on the button itself.
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const { sourceElement } = ctx;
    if (heard.has(sourceElement)) return;
    heard.add(sourceElement);
    sourceElement.addEventListener("focusField", want);
  });
  onArrive(look);
}
