// Lines threads in the margin up with the field they are about.
import { onArrive } from "./arrive.js";

function placeAll() {
  for (const pin of document.querySelectorAll("[data-pin]")) {
    const line = pin.parentElement;
    const box = line.querySelector(`[data-field-box="${CSS.escape(pin.dataset.pin)}"]`);
    if (!box) continue;
    const at = Math.max(0, box.getBoundingClientRect().top - line.getBoundingClientRect().top);
    pin.style.setProperty("--at", `${Math.round(at)}px`);
  }
}

/** Keep pins beside their fields while pages change, words grow and windows are resized. */
export function startPins() {
  let asked = 0;
  const soon = () => (asked ||= requestAnimationFrame(() => ((asked = 0), placeAll())));
  onArrive(soon);
  document.addEventListener("boathouse:words", soon);
  addEventListener("resize", soon);
}
