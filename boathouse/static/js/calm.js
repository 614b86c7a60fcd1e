// Tiles move only while nobody is pointing, typing or reading.

const CALM = 3000; // ms without a sign of the person
const LET_GO = 20_000; // ms: a mouse that has rested so long points at nothing
let last = -Infinity;

/** Call `act()` once the person has been still for three seconds; a later call before that replaces it. */
export function whenCalm(act) {
  clearTimeout(whenCalm.timer);
  const wait = CALM - stillFor();
  if (wait <= 0) act();
  else whenCalm.timer = setTimeout(whenCalm, wait, act);
}

/** Ms since the last sign of the person. */
const stillFor = () => performance.now() - last;

/** True when a tile is under the pointer or has the focus, as far as somebody seems to be there. */
export const holdsTile = () => stillFor() < LET_GO && document.querySelector("[data-tile]:is(:hover, :focus-within)") !== null;

/** Notice pointer, wheel and keys. */
export function startCalm() {
  const touch = () => (last = performance.now());
  for (const event of ["pointermove", "pointerdown", "wheel", "touchmove", "keydown"])
    document.addEventListener(event, touch, { passive: true, capture: true });
}
