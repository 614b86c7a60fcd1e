// Short sentences that float in and leave: what was done, what did not work.
import { saysAtField } from "./field-errors.js";
import htmx from "./htmx.js";

const STAY = { plain: 6000, stop: 12_000, moved: 20_000 }; // ms
const MOST = 3;

function button(label, act) {
  const element = Object.assign(document.createElement("button"), { type: "button", className: "textbtn", textContent: label });
  element.addEventListener("click", act);
  return element;
}

function leaveAfter(element, time) {
  let timer = setTimeout(() => element.remove(), time);
  const hold = () => clearTimeout(timer);
  const release = () => {
    hold();
    timer = setTimeout(() => element.remove(), time);
  };
  for (const event of ["pointerenter", "focusin"]) element.addEventListener(event, hold);
  for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, release);
}

/** Show a sentence. `kind` is plain, stop or moved; `undo` is `{url, label}` of a POST that takes it back. */
export function toast(text, { kind = "plain", undo } = {}) {
  const place = document.querySelector("#toasts");
  if (!place || !text) return;
  const element = Object.assign(document.createElement("div"), { className: `toast toast--${kind}` });
  element.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (undo) {
    element.append(
      button(undo.label ?? "Undo", () => {
        element.remove();
        htmx.ajax("POST", undo.url, { swap: "none" });
      }),
    );
  }
  if (kind !== "plain") element.append(button("Close", () => element.remove()));
  if (!undo) for (const said of [...place.children]) if (said.textContent === element.textContent) said.remove();
  place.append(element);
  while (place.children.length > MOST) place.firstElementChild.remove();
  leaveAfter(element, undo ? STAY.stop : STAY[kind] ?? STAY.plain);
}

/** Show the toasts that answers carry in their HX-Trigger header; one about a field is said at the field. */
export function startToasts() {
  document.addEventListener("toast", ({ target, detail }) => {
    const text = detail.text ?? detail.value;
    if (!saysAtField(target, detail.field, text)) toast(text, detail);
  });
}
