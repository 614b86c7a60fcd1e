// Tells the others in which field this person is writing right now.

const FADE = 3000; // ms after the last keystroke
const STEP = 100; // ms: at most ten messages a second

/** Returns `wrote(name)`, to be called with each keystroke. */
export function startWriting(awareness) {
  let field = null;
  let told = null;
  let fading;
  let pausing = null;

  function tell() {
    if (pausing || told === field) return;
    told = field;
    awareness.setLocalStateField("field", field);
    pausing = setTimeout(() => {
      pausing = null;
      tell();
    }, STEP);
  }

  function stop() {
    field = null;
    tell();
  }

  awareness.setLocalState({ field: null });
  document.addEventListener("focusout", ({ target }) => target.matches?.("[data-field]") && stop());
  return function wrote(name) {
    field = name;
    tell();
    clearTimeout(fading);
    fading = setTimeout(stop, FADE);
  };
}
