// A paste that does not fit is refused with a sentence, never cut in silence.
import { toast } from "./toast.js";

/** The sentence for text that does not fit, or null when it fits. */
export function tooLong(pasted, free, most) {
  if (pasted.length <= free) return null;
  const count = (number) => number.toLocaleString("en");
  return `That has ${count(pasted.length)} characters. This field holds ${count(most)} and has room for ${count(Math.max(0, free))}.`;
}

function incomingText(event) {
  const source = event.clipboardData ?? event.dataTransfer;
  return source?.getData("text/plain") ?? "";
}

function check(event) {
  const el = event.target;
  if (!el.matches?.("[data-field], .adding textarea") || el.readOnly || !(el.maxLength > 0)) return;
  const text = incomingText(event);
  const replaced = event.type === "paste" ? el.selectionEnd - el.selectionStart : 0;
  const problem = tooLong(text, el.maxLength - el.value.length + replaced, el.maxLength);
  if (!problem) return;
  event.preventDefault();
  toast(problem, { kind: "stop" });
}

/** Watch pasting and dropping in every field of a draft. */
export function startLimit() {
  for (const event of ["paste", "drop"]) document.addEventListener(event, check);
}
