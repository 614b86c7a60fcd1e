// Where each tile of the board belongs, without a page.

export const BANDS = ["now", "look", "row"];

const ORDERS = {
  attention: (a, b) => a.rank - b.rank || a.number - b.number,
  number: (a, b) => a.number - b.number,
  activity: (a, b) => b.active - a.active || a.number - b.number,
};

/** What the wall needs to know of a tile, from its data attributes. */
export function readTile({ band, rank, number, active, quietAt, hand, replies, done, claimed, people }) {
  return {
    band: BANDS.includes(band) ? band : "row",
    rank: Number(rank ?? 0),
    number: Number(number ?? 0),
    active: Date.parse(active ?? "") || 0,
    quietAt: Date.parse(quietAt ?? "") || Infinity,
    hand: hand === "yes",
    replies: Number(replies ?? 0),
    done: done === "yes",
    claimed: claimed || null,
    people: people ?? "",
  };
}

export const isQuiet = (tile, now) => now >= tile.quietAt;

/** The band a tile belongs to now; silence alone makes it worth a look. */
export const bandOf = (tile, now) => (tile.band === "row" && isQuiet(tile, now) ? "look" : tile.band);

/** Tiles in the order asked for: attention, number or activity. */
export const sorted = (tiles, order) => [...tiles].sort(ORDERS[order] ?? ORDERS.attention);

const SHOWN = {
  all: () => true,
  now: (tile) => tile.band === "now",
  hands: (tile) => tile.hand,
  mine: (tile, me) => tile.claimed === me,
  replies: (tile) => tile.replies > 0,
  done: (tile) => tile.done,
  quiet: (tile, _me, now) => isQuiet(tile, now),
};

export const FILTERS = Object.keys(SHOWN);

/** True when the tile passes the filter `show`. */
export const passes = (tile, show, me, now) => (SHOWN[show] ?? SHOWN.all)(tile, me, now);

/** True when every word searched for is somewhere in `text`, in any case or accent. */
export function finds(text, search) {
  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const whole = plain(text);
  return plain(search).split(/\s+/).every((word) => whole.includes(word));
}
