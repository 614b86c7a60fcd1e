// What has the focus keeps it, and its caret, when a push moves it: only Chromium does so by itself.
let held = null; // { element, start, end, direction } while a push is swapped in

function hold() {
  const element = document.activeElement;
  const { selectionStart: start, selectionEnd: end, selectionDirection: direction } = element ?? {};
  held = element && element !== document.body ? { element, start, end, direction } : null;
}

function giveBack() {
  const { element, start, end, direction } = held ?? {};
  if (!element?.isConnected || document.activeElement !== document.body) return;
  element.focus({ preventScroll: true });
  if (typeof start === "number") element.setSelectionRange(start, end, direction);
}

/** Look after the focus while pushes come in. */
export function startSteadyFocus() {
  document.addEventListener("htmx:before:swap", hold);
  document.addEventListener("htmx:before:settle", giveBack); // in the same instant, with the new html in place
}
