// The board's tiles as they stand on the page.
import { readTile } from "./wall.js";

const tools = () => document.querySelector("form[data-tools]");

/** Every tile as `{element, tile}`. */
export function allTiles() {
  const queue = document.querySelector("#wall-head")?.dataset.queue?.split(" ") ?? [];
  const places = new Map(queue.map((room, place) => [room, place]));
  return [...document.querySelectorAll("[data-tile]:not([data-gone])")].map((element) => ({ element, tile: readTile(element.dataset, places) }));
}

/** What the person chose among the tools, or the usual. */
export const chosen = (name, usual) => (tools() && new FormData(tools()).get(name)) || usual;

/** Write only what differs, so that screen readers and layout have peace. */
export function setText(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}
