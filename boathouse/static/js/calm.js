// Tiles move only while nobody is pointing or typing.

const CALM = 2000; // ms without a sign of the person
let last = -Infinity;

/** Call `act()` once the person has been still for two seconds; a later call before that replaces it. */
export function whenCalm(act) {
  clearTimeout(whenCalm.timer);
  const wait = CALM - stillFor();
  if (wait <= 0) act();
  else whenCalm.timer = setTimeout(whenCalm, wait, act);
}

/** Ms since the last sign of the person. */
export const stillFor = () => performance.now() - last;

/** Notice pointer, wheel and keys. */
export function startCalm() {
  const touch = () => (last = performance.now());
  for (const event of ["pointermove", "pointerdown", "wheel", "keydown"])
    document.addEventListener(event, touch, { passive: true, capture: true });
}
