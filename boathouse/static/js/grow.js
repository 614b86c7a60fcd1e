// Fields as tall as their words where the browser cannot do it by itself (`field-sizing`).
import { onArrive, within } from "./arrive.js";

const AREAS = "textarea.write";

/** A hidden field has no height of its own yet; it is fitted when it shows. */
function fit(area) {
  area.style.blockSize = "auto";
  if (area.scrollHeight) area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

/** Grow the fields people write in, with their words and their width; does nothing where CSS does it. */
export function startGrowing() {
  if (CSS.supports("field-sizing", "content")) return;
  const changed = (areas) => requestAnimationFrame(() => areas.forEach(({ target }) => fit(target)));
  const sizes = new ResizeObserver(changed); // it is shown, or a phone was turned
  onArrive((root) => within(root, AREAS).forEach((area) => sizes.observe(area)));
  for (const event of ["input", "boathouse:words"])
    document.addEventListener(event, ({ target }) => target.matches(AREAS) && fit(target));
}
