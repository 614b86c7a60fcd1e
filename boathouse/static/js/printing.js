// Buttons that print the page they are on.

/** Let `data-prints` work. */
export function startPrinting() {
  document.addEventListener("click", ({ target }) => target.closest("[data-prints]") && print());
}
