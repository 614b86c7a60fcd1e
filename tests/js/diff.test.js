import assert from "node:assert/strict";
import { test } from "node:test";
import { diff } from "../../boathouse/static/js/diff.js";
import { randomText, seeded } from "./random.js";

const apply = (text, { index, remove, insert }) => text.slice(0, index) + insert + text.slice(index + remove);
const splitsPair = (text, index) => index > 0 && index < text.length && /^[\uDC00-\uDFFF]/.test(text.slice(index));

test("the change turns one text into the other", () => {
  assert.deepEqual(diff("abc", "abXc"), { index: 2, remove: 0, insert: "X" });
  assert.deepEqual(diff("abc", "ac"), { index: 1, remove: 1, insert: "" });
  assert.deepEqual(diff("aaa", "aa"), { index: 2, remove: 1, insert: "" });
  assert.deepEqual(diff("same", "same"), { index: 4, remove: 0, insert: "" });
});

test("an emoji is replaced whole, whichever half it shares with the other", () => {
  assert.deepEqual(diff("x😀y", "x😁y"), { index: 1, remove: 2, insert: "😁" });
  assert.deepEqual(diff("x\u{1F600}y", "x\u{1FA00}y").remove, 2);
});

test("random texts with emoji: right, and never inside a pair", () => {
  const random = seeded(7);
  for (let round = 0; round < 3000; round++) {
    const before = randomText(random, 12);
    const after = randomText(random, 12);
    const change = diff(before, after);
    assert.equal(apply(before, change), after);
    assert.ok(!splitsPair(before, change.index), JSON.stringify([before, after, change]));
    assert.ok(!splitsPair(before, change.index + change.remove), JSON.stringify([before, after, change]));
  }
});
