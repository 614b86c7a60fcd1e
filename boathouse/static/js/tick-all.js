// One box that ticks all boxes of a name in its form, and shows when only some are ticked.
import { onArrive, within } from "./arrive.js";

const boxes = (all) => [...all.form.querySelectorAll(`input[type=checkbox][name="${all.dataset.ticks}"]`)];

function show(all) {
  const ticked = boxes(all).filter((box) => box.checked).length;
  all.checked = ticked > 0 && ticked === boxes(all).length;
  all.indeterminate = ticked > 0 && !all.checked;
}

/** Wire every [data-ticks="name"]. */
export function startTickAll() {
  onArrive((root) =>
    within(root, "input[data-ticks]").forEach((all) => {
      all.form.addEventListener("change", ({ target }) => {
        if (target === all) boxes(all).forEach((box) => (box.checked = all.checked));
        show(all);
      });
      all.form.addEventListener("reset", () => setTimeout(() => show(all)));
      show(all);
    }),
  );
}
