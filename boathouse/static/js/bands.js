// Moves tiles to their band and order, but never the one under the pointer or with the focus.
import { serverNow } from "./server-time.js";
import { allTiles, chosen } from "./tiles.js";
import { BANDS, bandOf, sorted } from "./wall.js";

const isHeld = ({ element }) => element.matches(":hover, :focus-within");

/** The tiles of one list in their new order; held ones keep the index they have. */
export function withHeld(ordered, held) {
  const rest = ordered.filter((one) => !held.some(({ element }) => element === one.element));
  for (const { element, tile, index } of held) rest.splice(index, 0, { element, tile });
  return rest;
}

function put(list, wanted) {
  let next = list.firstElementChild;
  for (const { element } of wanted) {
    if (element === next) next = next.nextElementSibling;
    else if (list.moveBefore && element.isConnected) list.moveBefore(element, next);
    else list.insertBefore(element, next);
  }
}

function orderOf(tiles, order) {
  const places = new Map(tiles.map((one) => [one.tile, one]));
  return sorted(places.keys(), order).map((tile) => places.get(tile));
}

/** Bring every tile where it belongs. Call in calm only. */
export function arrange() {
  const now = serverNow() ?? Date.now();
  const order = chosen("sort", "attention");
  const all = allTiles();
  const held = all.filter(isHeld).map((one) => {
    const list = one.element.parentElement;
    return { ...one, list, index: [...list.children].indexOf(one.element), top: one.element.getBoundingClientRect().top };
  });
  for (const gone of document.querySelectorAll("[data-tile][data-gone]")) gone.remove();
  for (const band of BANDS) {
    const list = document.querySelector(`[data-band-list="${band}"]`);
    if (!list) continue;
    const free = all.filter((one) => bandOf(one.tile, now) === band && !held.some(({ element }) => element === one.element));
    put(list, withHeld(orderOf(free, order), held.filter((one) => one.list === list)));
  }
  const [first] = held; // bands above may have grown: the held tile stays where the eye has it
  if (first) scrollBy({ top: first.element.getBoundingClientRect().top - first.top, behavior: "instant" });
}
