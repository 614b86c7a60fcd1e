// Where each tile of the board belongs, without a page.

export const BANDS = ["now", "look", "row"];
const LAST = 1e6; // behind every room that is in the queue

const ORDERS = {
  attention: (a, b) => a.place - b.place || a.number - b.number,
  number: (a, b) => a.number - b.number,
  activity: (a, b) => b.active - a.active || a.number - b.number,
};

/** What the wall needs to know of a tile, from its data attributes. `places`: of the room ids that wait. */
export function readTile(data, places = new Map()) {
  const { tile, band, number, active, hand, replies, done, claimed, people, codes, vacant } = data;
  return {
    band: BANDS.includes(band) ? band : "row",
    place: places.get(tile) ?? (vacant === "yes" ? LAST + 1 : LAST),
    number: Number(number ?? 0),
    active: Date.parse(active ?? "") || 0,
    hand: hand === "yes",
    replies: Number(replies ?? 0),
    done: done === "yes",
    claimed: claimed || null,
    people: people ?? "",
    codes: (codes ?? "").split(" "),
  };
}

/** Tiles in the order asked for: attention, number or activity. */
export const sorted = (tiles, order) => [...tiles].sort(ORDERS[order] ?? ORDERS.attention);

const SHOWN = {
  all: () => true,
  now: (tile) => tile.band === "now",
  hands: (tile) => tile.hand,
  mine: (tile, me) => tile.claimed === me,
  replies: (tile) => tile.replies > 0,
  done: (tile) => tile.done,
};

export const FILTERS = Object.keys(SHOWN);

/** True when the tile passes the filter `show` and has the finding `code`, if one is asked for. */
export const passes = (tile, show, me, code = "") => (SHOWN[show] ?? SHOWN.all)(tile, me) && (!code || tile.codes.includes(code));

/** True when every word searched for is somewhere in `text`, in any case or accent. */
export function finds(text, search) {
  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const whole = plain(text);
  return plain(search).split(/\s+/).every((word) => whole.includes(word));
}
