// Moves tiles to their band and order.
import { allTiles, chosen } from "./tiles.js";
import { BANDS, sorted } from "./wall.js";

const listOf = (band) => document.querySelector(`[data-band-list="${band}"]`);

/** Each list with the elements it should hold, in order. */
function plan() {
  const all = allTiles();
  const order = chosen("sort", "attention");
  const elements = new Map(all.map(({ element, tile }) => [tile, element]));
  const lists = BANDS.map((band) => [listOf(band), sorted(all.map(({ tile }) => tile).filter((tile) => tile.band === band), order)]);
  return lists.filter(([list]) => list).map(([list, tiles]) => [list, tiles.map((tile) => elements.get(tile))]);
}

function put(list, wanted) {
  let next = list.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else if (list.moveBefore && element.isConnected) list.moveBefore(element, next);
    else list.insertBefore(element, next);
  }
}

const stands = ([list, wanted]) => {
  const here = [...list.children].filter((element) => !("gone" in element.dataset));
  return here.length === wanted.length && here.every((element, n) => element === wanted[n]);
};

/** True when every tile is where it belongs. */
export const isInOrder = () => plan().every(stands);

/** Bring every tile where it belongs; what is looked at stays at its height if the page can be scrolled so. */
export function arrange() {
  for (const gone of document.querySelectorAll("[data-tile][data-gone]")) gone.remove();
  for (const [list, wanted] of plan()) put(list, wanted);
}
