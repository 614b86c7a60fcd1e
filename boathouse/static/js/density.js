// Roomy or tight tiles, as this coach likes them.

const KEY = "boathouse:density";

/** Restore and keep the choice of the radios called `density`. */
export function startDensity() {
  const radios = [...document.querySelectorAll("input[type=radio][name=density]")];
  const kept = radios.find(({ id }) => id === localStorage.getItem(KEY));
  if (kept) kept.checked = true;
  for (const radio of radios) radio.addEventListener("change", () => localStorage.setItem(KEY, radio.id));
}
