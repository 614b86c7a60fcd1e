// Regions are the same for everybody; here they become mine, from what the body says about me.
import { onArrive, within } from "./arrive.js";

/** True when the element, or the thing it is part of, was made by the person at this browser. */
export function isMine(element) {
  const author = element.closest("[data-by]")?.dataset.by;
  return Boolean(author) && author === document.body.dataset.me;
}

function mayShow(element) {
  const wanted = element.dataset.only.split(/\s+/);
  return wanted.includes(document.body.dataset.standing) || (wanted.includes("mine") && isMine(element));
}

function markMine(root) {
  for (const element of within(root, "[data-by]")) element.classList.toggle("mine", isMine(element));
  for (const element of within(root, "[data-only]")) element.hidden = !mayShow(element);
}

/** Mark own elements and hide what is for others. Convenience only: the server decides what is allowed. */
export const startViewer = () => onArrive(markMine);
