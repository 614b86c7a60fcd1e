// A form that comes back with something wrong shows it: a long page would otherwise open at its top.
import { isShown } from "./visible.js";

/** The field that an error describes; words above a whole form have none. */
const fieldOf = (words) => words.id && document.querySelector(`main [aria-describedby~="${CSS.escape(words.id)}"]`);

/** Bring the first error at a field into view, or the first at all, and put the focus into its field. */
export function startFirstError() {
  const shown = [...document.querySelectorAll("main .error")].filter(isShown);
  const words = shown.find(fieldOf) ?? shown.find((each) => each.closest("form")) ?? shown[0];
  if (!words) return;
  const field = fieldOf(words);
  if (field) field.focus({ preventScroll: true });
  words.scrollIntoView({ block: "center" });
}
