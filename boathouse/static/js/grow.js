// Fields as tall as their words where the browser cannot do it by itself (`field-sizing`).

function fit(area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

/** Grow bound textareas; does nothing where CSS does it. */
export function startGrowing() {
  if (CSS.supports("field-sizing", "content")) return;
  document.addEventListener("boathouse:words", ({ target }) => target.matches("textarea") && fit(target));
}
