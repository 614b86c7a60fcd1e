// Makes what is on the stage fit on the screen: nobody scrolls a projector.
import { onArrive, within } from "./arrive.js";

const SMALLEST = 0.4;
const STEP = 0.04;

function fit(frame) {
  const inside = frame.firstElementChild;
  if (!inside) return;
  let size = 1;
  do {
    inside.style.setProperty("--fit", size.toFixed(2));
    size -= STEP;
  } while (frame.scrollHeight > frame.clientHeight + 1 && size > SMALLEST);
}

/** Keep everything inside `[data-fit]` as large as it can be without scrolling, while its words change. */
export function startFitting() {
  const words = new MutationObserver((changes) => changes.forEach(({ target }) => again(target)));
  const again = (node) => {
    const frame = (node.closest ? node : node.parentElement)?.closest("[data-fit]");
    if (frame) fit(frame);
  };
  const sizes = new ResizeObserver((frames) => frames.forEach(({ target }) => fit(target)));
  onArrive((root) =>
    within(root, "[data-fit]").forEach((frame) => {
      words.observe(frame, { subtree: true, childList: true, characterData: true });
      sizes.observe(frame);
      fit(frame);
    }),
  );
  onArrive(again);
}
