import assert from "node:assert/strict";
import { test } from "node:test";
import { finds, passes, readTile, sorted } from "../../boathouse/static/js/wall.js";

const tile = (more, places) => readTile({ band: "row", number: "1", ...more }, places);

test("tiles are read from their attributes, with sense where one is missing", () => {
  const read = readTile({ number: "14", hand: "yes", replies: "2" });
  assert.equal(read.band, "row");
  assert.equal(read.hand, true);
  assert.deepEqual(read.codes, [""]);
});

test("attention: by the place in the queue, then number, empty rooms last; or by number or last activity", () => {
  const places = new Map([["c", 0], ["a", 1]]);
  const tiles = [
    tile({ tile: "a", number: "3", active: "2026-01-01T10:00:00Z" }, places),
    tile({ tile: "b", number: "2", active: "2026-01-01T12:00:00Z" }, places),
    tile({ tile: "c", number: "5", active: "2026-01-01T11:00:00Z" }, places),
    tile({ tile: "d", number: "1", vacant: "yes" }, places),
  ];
  const numbers = (order) => sorted(tiles, order).map(({ number }) => number);
  assert.deepEqual(numbers("attention"), [5, 3, 2, 1]);
  assert.deepEqual(numbers("number"), [1, 2, 3, 5]);
  assert.deepEqual(numbers("activity"), [2, 5, 3, 1]);
});

test("a pattern shows the rooms that have its finding", () => {
  const found = tile({ codes: "kr.output kr.vague" });
  assert.ok(passes(found, "all", "", "kr.vague"));
  assert.ok(!passes(found, "all", "", "kr.no_baseline"));
  assert.ok(!passes(found, "done", "", "kr.vague"), "and the other filter");
});

test("filters", () => {
  const mine = tile({ claimed: "person:1", replies: "1", done: "yes" });
  assert.ok(passes(mine, "mine", "person:1"));
  assert.ok(!passes(mine, "mine", "person:2"));
  assert.ok(passes(mine, "replies", ""));
  assert.ok(passes(mine, "done", ""));
  assert.ok(!passes(mine, "hands", ""));
  assert.ok(!passes(tile({}), "mine", undefined), "nobody's room is not mine");
});

test("search finds every word, in any case or accent", () => {
  const text = "14 Returns Sending a sofa back is as easy as buying one Zoë Müller";
  assert.ok(finds(text, "sofa zoe"));
  assert.ok(finds(text, "RETURNS 14"));
  assert.ok(!finds(text, "sofa chair"));
});
