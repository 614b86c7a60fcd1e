// Code that looks after elements hears here about every piece of page, the first one included.
import htmx from "./htmx.js";

const looks = new Set();
htmx.onLoad((root) => looks.forEach((look) => look(root)));

/** Call `look(root)` for the page now and for every piece that comes later; returns a function that stops it. */
export function onArrive(look) {
  looks.add(look);
  look(document.body);
  return () => looks.delete(look);
}

/** The elements at or below `root` that match. */
export function within(root, selector) {
  const below = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...below] : below;
}
