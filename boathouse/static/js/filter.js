// Which tiles are shown, and how many there are of each kind.
import { serverNow } from "./server-time.js";
import { allTiles, chosen, setText } from "./tiles.js";
import { FILTERS, finds, isQuiet, passes } from "./wall.js";

function countKinds(all, me, now) {
  for (const name of FILTERS) {
    const count = all.filter(({ tile }) => passes(tile, name, me, now)).length;
    for (const place of document.querySelectorAll(`[data-count="${name}"]`)) setText(place, String(count));
  }
}

/** Say how many rooms each band shows; one without rooms hides itself. */
export function countBands() {
  for (const band of document.querySelectorAll("[data-band-of]")) {
    const shown = band.querySelectorAll("[data-tile]:not([hidden])").length;
    setText(band.querySelector("[data-band-count]"), `${shown} ${shown === 1 ? "room" : "rooms"}`);
    band.classList.toggle("band--empty", shown === 0);
  }
}

/** Hide what is not asked for and bring the counts up to date. */
export function applyFilter() {
  const now = serverNow() ?? Date.now();
  const { me } = document.body.dataset;
  const show = chosen("show", "all");
  const search = document.querySelector("[data-search]")?.value.trim() ?? "";
  const all = allTiles();
  for (const { element, tile } of all) {
    const found = !search || finds(`${element.textContent} ${tile.people}`, search);
    element.hidden = !found || !passes(tile, show, me, now);
    element.classList.toggle("slot--quiet", isQuiet(tile, now));
  }
  countKinds(all, me, now);
  countBands();
  const none = document.querySelector("[data-none]");
  if (none) none.hidden = all.some(({ element }) => !element.hidden);
}
