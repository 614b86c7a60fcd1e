// Copies a link, a code or kept words.
import { toast } from "./toast.js";

function wanted(what) {
  const element = what.startsWith("#") ? document.querySelector(what) : null;
  return element ? (element.value ?? element.textContent) : what;
}

/** The clipboard needs https; a workshop on a laptop's own address copies the old way. */
async function put(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "vh", readOnly: true });
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("The browser refused to copy.");
}

async function clicked({ target }) {
  const button = target.closest("[data-copies]");
  if (!button) return;
  try {
    await put(wanted(button.dataset.copies).trim());
    toast("Copied");
  } catch {
    toast("Copying is not allowed here. Select the words and copy them yourself.", { kind: "stop" });
  }
}

/** Let `data-copies="#id"` or `data-copies="text"` work. */
export const startCopy = () => document.addEventListener("click", clicked);
