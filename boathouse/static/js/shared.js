// The dialog that asks many rooms: a ready question goes into its field, and the button counts who gets it.
import { onArrive } from "./arrive.js";

function put({ puts, words }) {
  const area = document.querySelector(puts);
  area.value = words;
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  area.focus();
}

function count() {
  for (const place of document.querySelectorAll("[data-ticked]")) {
    const ticked = document.querySelectorAll(`${place.dataset.ticked} input:checked`).length;
    place.textContent = `${ticked} ${ticked === 1 ? "room" : "rooms"}`;
    place.closest("button").disabled = !ticked;
  }
}

/** Let `data-puts="#field" data-words="…"` and `data-ticked="#list"` work. */
export function startShared() {
  onArrive(count);
  document.addEventListener("change", count);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-puts]");
    if (button) put(button.dataset);
  });
}
