// A control that goes away with a change leaves the focus beside it, not at the top of the page.
import { onArrive } from "./arrive.js";
import { isShown } from "./visible.js";

let held = null; // the control with the focus
let around = []; // the parts around it that say data-holds-focus, the nearest first

function remember({ target }) {
  held = target;
  around = [];
  for (let part = target.closest("[data-holds-focus]"); part; part = part.parentElement?.closest("[data-holds-focus]"))
    around.push(part);
}

/** Somebody who leaves the control is not brought back; a control that is being removed is still there only now. */
function forget({ target }) {
  queueMicrotask(() => {
    if (target === held && target.isConnected) held = null;
  });
}

function look() {
  if (!held || held.isConnected || document.activeElement !== document.body) return;
  held = null;
  around.find((part) => part.isConnected && isShown(part))?.focus({ preventScroll: true });
}

/** Follow `data-holds-focus`; its element has tabindex="-1". */
export function startHeldFocus() {
  document.addEventListener("focusin", remember);
  document.addEventListener("focusout", forget);
  onArrive(look);
}
