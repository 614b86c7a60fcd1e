// A form that comes back with something wrong shows it: a long page would otherwise open at its top.

/** Bring the first error of the page into view and put the focus into its field. */
export function startFirstError() {
  const words = [...document.querySelectorAll("main .error")].find((each) => each.checkVisibility());
  if (!words) return;
  const field = words.id
    ? document.querySelector(`main [aria-describedby~="${CSS.escape(words.id)}"]`)
    : words.closest("form")?.querySelector('[aria-invalid="true"]'); // the words stand above the whole form
  if (field) field.focus({ preventScroll: true });
  words.scrollIntoView({ block: "center" });
}
