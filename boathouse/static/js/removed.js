// A field someone is in does not vanish under their hands: a removed item stays readable until it is left.
import { announce } from "./announce.js";

const LOOSE = 200; // ms for the focus to come back into the item
const CLASS = "item--removed";
const STAYS = "Your words stay here until you leave this field.";

/** The outermost item around the field in use that the new html no longer has. */
function missingItem(target, fragment) {
  const field = document.activeElement;
  if (!field?.matches("[data-field]") || !target.contains(field)) return null;
  let missing = null;
  for (let item = field.closest("[data-item]"); item && target.contains(item); item = item.parentElement?.closest("[data-item]"))
    if (!fragment.querySelector(`#${CSS.escape(item.id)}`)) missing = item;
  return missing;
}

/** Where the item belongs in the new html: behind the notice of its removal, else behind its old neighbour. */
function place(fragment, item, stand) {
  const notice = fragment.querySelector(`[data-removed="${CSS.escape(item.dataset.item)}"]`);
  if (notice) return (item.matches("li") ? notice.closest("li") : notice).after(stand);
  for (let near = item.previousElementSibling; near; near = near.previousElementSibling) {
    const same = near.id && fragment.querySelector(`#${CSS.escape(near.id)}`);
    if (same) return same.after(stand);
  }
  const parent = item.parentElement.id && fragment.querySelector(`#${CSS.escape(item.parentElement.id)}`);
  (parent || fragment.firstElementChild).prepend(stand);
}

function explain(item, notice) {
  if (item.classList.contains(CLASS)) return;
  item.classList.add(CLASS);
  const removed = (notice?.firstChild?.textContent ?? "").replace(/[\s·.]+$/, "").trim();
  const words = removed ? STAYS : `Removed. ${STAYS}`; // the notice itself stands just above
  item.prepend(Object.assign(document.createElement("p"), { className: "removed stub", textContent: words }));
  announce(`${removed || "Removed"}. ${STAYS}`);
}

function restore(item) {
  item.classList.remove(CLASS);
  item.removeAttribute("hx-morph-skip");
  item.querySelector(":scope > p.removed")?.remove();
}

function beforeSwap({ detail: { tasks } }) {
  for (const { target, fragment, swapSpec } of tasks) {
    if (!(target instanceof Element) || !swapSpec.style.endsWith("Morph")) continue;
    for (const item of target.querySelectorAll(`.${CLASS}`))
      if (fragment.querySelector(`#${CSS.escape(item.id)}`)) restore(item);
    const item = missingItem(target, fragment);
    if (!item) continue;
    explain(item, fragment.querySelector(`[data-removed="${CSS.escape(item.dataset.item)}"]`));
    item.setAttribute("hx-morph-skip", "");
    place(fragment, item, item.cloneNode(false));
  }
}

/** Watch swaps for items that vanish; `onGone()` is called when a removed item has been left. */
export function startRemoved(onGone) {
  document.addEventListener("htmx:before:swap", beforeSwap);
  document.addEventListener("focusout", ({ target }) => {
    const item = target.closest?.(`.${CLASS}`);
    if (!item) return;
    setTimeout(() => {
      if (item.contains(document.activeElement) || !item.classList.contains(CLASS)) return;
      item.remove();
      onGone();
    }, LOOSE);
  });
}
