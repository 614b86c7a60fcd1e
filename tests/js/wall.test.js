import assert from "node:assert/strict";
import { test } from "node:test";
import { bandOf, finds, passes, readTile, sorted } from "../../boathouse/static/js/wall.js";

const at = (iso) => Date.parse(iso);
const tile = (more) => readTile({ band: "row", rank: "0", number: "1", ...more });

test("tiles are read from their attributes, with sense where one is missing", () => {
  const read = readTile({ number: "14", hand: "yes", replies: "2" });
  assert.equal(read.band, "row");
  assert.equal(read.hand, true);
  assert.equal(read.quietAt, Infinity);
});

test("attention: by rank, then number; the same tiles by number or last activity", () => {
  const tiles = [
    tile({ number: "3", rank: "1", active: "2026-01-01T10:00:00Z" }),
    tile({ number: "2", rank: "5", active: "2026-01-01T12:00:00Z" }),
    tile({ number: "1", rank: "1", active: "2026-01-01T11:00:00Z" }),
  ];
  const numbers = (order) => sorted(tiles, order).map(({ number }) => number);
  assert.deepEqual(numbers("attention"), [1, 3, 2]);
  assert.deepEqual(numbers("number"), [1, 2, 3]);
  assert.deepEqual(numbers("activity"), [2, 1, 3]);
});

test("silence makes a rowing room worth a look and nothing more", () => {
  const quietAt = "2026-01-01T10:05:00Z";
  assert.equal(bandOf(tile({ quietAt }), at("2026-01-01T10:04:59Z")), "row");
  assert.equal(bandOf(tile({ quietAt }), at("2026-01-01T10:05:00Z")), "look");
  assert.equal(bandOf(tile({ quietAt, band: "now" }), at("2026-01-01T10:06:00Z")), "now");
});

test("filters", () => {
  const mine = tile({ claimed: "person:1", replies: "1", done: "yes" });
  assert.ok(passes(mine, "mine", "person:1", 0));
  assert.ok(!passes(mine, "mine", "person:2", 0));
  assert.ok(passes(mine, "replies", "", 0));
  assert.ok(passes(mine, "done", "", 0));
  assert.ok(!passes(mine, "hands", "", 0));
  assert.ok(!passes(tile({}), "mine", undefined, 0), "nobody's room is not mine");
});

test("search finds every word, in any case or accent", () => {
  const text = "14 Returns Sending a sofa back is as easy as buying one Zoë Müller";
  assert.ok(finds(text, "sofa zoe"));
  assert.ok(finds(text, "RETURNS 14"));
  assert.ok(!finds(text, "sofa chair"));
});
