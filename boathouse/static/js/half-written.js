// A field that somebody has begun to change is left alone by pushes until its form is sent.

const SKIP = "hx-morph-skip";
const FORM = "form[data-half-written]";

/** Let forms with `data-half-written` keep what is typed in them. */
export function startHalfWritten() {
  document.addEventListener("input", ({ target }) => target.closest?.(FORM) && target.setAttribute(SKIP, ""));
  document.addEventListener(
    "submit",
    ({ target }) => target.matches(FORM) && target.querySelectorAll(`[${SKIP}]`).forEach((field) => field.removeAttribute(SKIP)),
    true,
  );
}
