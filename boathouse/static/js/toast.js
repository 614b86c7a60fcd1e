// Short sentences that float in and leave: what was done, what did not work.
import { saysAtField } from "./field-errors.js";
import htmx from "./htmx.js";

const STAY = { plain: 6000, stop: 12_000, moved: 20_000 }; // ms
const MOST = 3;
const ACTIONS = ["id", "hx-post", "hx-put", "hx-delete", "hx-get", "href"];
const origins = new WeakMap(); // a refusal on the page → what was refused

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

/** What was asked for: the form around `element`, else itself, under a name that it keeps when it is drawn again.
 * Undefined where there is none: scripts ask in the name of the page. */
function originOf(element) {
  const origin = element?.closest?.("form") ?? element;
  if (!origin?.getAttribute || origin === document.body) return undefined;
  return ACTIONS.map((name) => origin.getAttribute(name)).find(Boolean) ?? origin;
}

/** What was refused has been done now: nothing red says otherwise any more. `element` asked for it. */
export function takeBackRefusal(element) {
  const origin = originOf(element);
  const said = origin && [...document.querySelectorAll("#toasts > *")];
  for (const one of said ?? []) if (origins.get(one) === origin) one.remove();
}

/** Show a sentence. `kind` is plain, stop or moved; `undo` is `{url, label}` of a POST that takes it back; `by` is
 * the element that asked for what was refused. */
export function toast(text, { kind = "plain", undo, by } = {}) {
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
  if (kind === "stop") origins.set(element, originOf(by));
  place.append(element);
  while (place.children.length > MOST) place.firstElementChild.remove();
  leaveAfter(element, undo ? STAY.stop : STAY[kind] ?? STAY.plain);
}

/** Show the toasts that answers carry in their HX-Trigger header; one about a field is said at the field. */
export function startToasts() {
  document.addEventListener("toast", ({ target, detail }) => {
    const text = detail.text ?? detail.value;
    if (!saysAtField(target, detail.field, text)) toast(text, { ...detail, by: target });
  });
}
