// Which tiles are shown, and how many there are of each kind.
import { onArrive } from "./arrive.js";
import { allTiles, chosen, setText } from "./tiles.js";
import { FILTERS, finds, passes } from "./wall.js";

let code = ""; // of the pattern whose rooms are shown

function countKinds(all, me) {
  for (const name of FILTERS) {
    const count = all.filter(({ tile }) => passes(tile, name, me)).length;
    for (const place of document.querySelectorAll(`[data-count="${name}"]`)) setText(place, String(count));
  }
}

/** Say how many rooms each band shows, and will show in the order that waits; one without rooms hides itself. */
export function countBands() {
  for (const band of document.querySelectorAll("[data-band-of]")) {
    const shown = band.querySelectorAll("[data-tile]:not([hidden])").length;
    const soon = document.querySelectorAll(`[data-tile][data-band="${band.dataset.bandOf}"]:not([hidden])`).length;
    const later = soon === shown ? "" : `, ${soon} in the new order`;
    setText(band.querySelector("[data-band-count]"), `${shown} ${shown === 1 ? "room" : "rooms"}${later}`);
    band.classList.toggle("band--empty", shown === 0);
  }
}

/** Hide what is not asked for and bring the counts up to date. */
export function applyFilter() {
  const { me } = document.body.dataset;
  const show = chosen("show", "all");
  const search = document.querySelector("[data-search]")?.value.trim() ?? "";
  const all = allTiles();
  for (const { element, tile } of all) {
    const found = !search || finds(`${element.textContent} ${tile.people}`, search);
    element.hidden = !found || !passes(tile, show, me, code);
  }
  countKinds(all, me);
  countBands();
  markPattern();
  const none = document.querySelector("[data-none]");
  if (none) none.hidden = all.some(({ element }) => !element.hidden);
}

function markPattern() {
  for (const button of document.querySelectorAll("[data-pattern]")) {
    button.setAttribute("aria-pressed", String(button.dataset.pattern === code));
  }
  if (code && !document.querySelector(`[data-pattern="${CSS.escape(code)}"]`)) showPattern("");
}

function showPattern(wanted) {
  code = wanted;
  applyFilter();
}

/** Let a pattern show its rooms only, and all of them again. */
export function startPatterns() {
  onArrive((root) => root.id === "patterns" && markPattern());
  document.addEventListener("click", ({ target }) => {
    const { pattern } = target.closest("[data-pattern]")?.dataset ?? {};
    if (pattern) showPattern(pattern === code ? "" : pattern);
  });
}
