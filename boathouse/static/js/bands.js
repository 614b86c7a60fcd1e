// Moves tiles to their band and order, but never the one under the pointer or with the focus.
import { stillFor } from "./calm.js";
import { serverNow } from "./server-time.js";
import { allTiles, chosen } from "./tiles.js";
import { BANDS, bandOf, sorted } from "./wall.js";

const LET_GO = 20_000; // ms: a mouse that has rested so long points at nothing

const isHeld = ({ element }) => stillFor() < LET_GO && element.matches(":hover, :focus-within");

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

function describe(one) {
  const { element } = one;
  const list = element.parentElement;
  return { ...one, list, index: [...list.children].indexOf(element), box: element.getBoundingClientRect() };
}

/** True when the held tile is where it was, the page scrolled by what grew above it. */
function staysPut({ element, box }) {
  scrollBy({ top: element.getBoundingClientRect().top - box.top, behavior: "instant" });
  const now = element.getBoundingClientRect();
  return Math.abs(now.top - box.top) < 2 && Math.abs(now.left - box.left) < 2;
}

function place(lists, all, held) {
  const now = serverNow() ?? Date.now();
  const order = chosen("sort", "attention");
  const free = all.filter((one) => !held.some(({ element }) => element === one.element));
  for (const [band, list] of lists) {
    const here = free.filter(({ tile }) => bandOf(tile, now) === band);
    put(list, withHeld(orderOf(here, order), held.filter((one) => one.list === list)));
  }
}

/** Bring every tile where it belongs, or leave all as they are if that would move a held one. Call in calm only. */
export function arrange() {
  for (const gone of document.querySelectorAll("[data-tile][data-gone]")) gone.remove();
  const lists = BANDS.map((band) => [band, document.querySelector(`[data-band-list="${band}"]`)]).filter(([, list]) => list);
  const before = lists.map(([, list]) => [list, [...list.children]]);
  const all = allTiles();
  const held = all.filter(isHeld).map(describe);
  place(lists, all, held);
  if (held.every(staysPut)) return;
  for (const [list, elements] of before) put(list, elements.map((element) => ({ element })));
  held.every(staysPut);
}
