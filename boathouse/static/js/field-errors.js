// What is wrong with a field of a form that stays where it is: said below the field, as a page that comes back does.
import { isShown } from "./visible.js";

let made = 0;

/** The field of that name in the form around `element`, if one can see it. A part that is pushed (it swaps nothing
 * itself) would lose the words with the next push, unless pushes leave its form alone. */
function fieldOf(element, name) {
  const form = element.closest?.("form:not([hx-swap=none]:not([hx-morph-skip]))");
  const field = form?.elements[name];
  const first = field instanceof RadioNodeList ? field[0] : field;
  return first && first.type !== "hidden" && isShown(first) ? first : null;
}

function forget(field) {
  const words = document.getElementById(field.dataset.error);
  words?.remove();
  field.removeAttribute("aria-invalid");
  field.setAttribute("aria-describedby", field.dataset.described ?? "");
  delete field.dataset.error;
}

/** Say `text` below the field `name` of the form around `element`. False if there is none to say it at. */
export function saysAtField(element, name, text) {
  const field = name && fieldOf(element, name);
  if (!field) return false;
  if (field.dataset.error) forget(field);
  const icon = Object.assign(document.createElement("i"), { className: "i i-warn", ariaHidden: "true" });
  const words = Object.assign(document.createElement("p"), { className: "error", id: `e-made-${(made += 1)}` });
  words.append(icon, Object.assign(document.createElement("span"), { textContent: text }));
  (field.closest("fieldset.seg, .ticks, label") ?? field).after(words);
  field.dataset.described = field.getAttribute("aria-describedby") ?? "";
  field.dataset.error = words.id;
  field.setAttribute("aria-describedby", `${words.id} ${field.dataset.described}`.trim());
  field.setAttribute("aria-invalid", "true");
  field.focus();
  return true;
}

/** Take the words away again as soon as the field is changed. */
export function startFieldErrors() {
  document.addEventListener("input", ({ target }) => {
    const field = target.name ? fieldOf(target, target.name) : null;
    if (field?.dataset.error) forget(field);
  });
}
