import assert from "node:assert/strict";
import { test } from "node:test";
import { carryCharacter, carryPlace, rebase } from "../../boathouse/static/js/rebase.js";

function apply(text, edits) {
  let now = text;
  for (const { index, remove = 0, insert = "" } of edits) now = now.slice(0, index) + insert + now.slice(index + remove);
  return now;
}

test("a place moves with insertions and deletions before it", () => {
  assert.equal(carryPlace([{ retain: 1 }, { insert: "XY" }], 3), 5);
  assert.equal(carryPlace([{ insert: "XY" }], 0), 0, "an insertion at the place comes behind it");
  assert.equal(carryPlace([{ retain: 1 }, { delete: 3 }], 2), 1, "a place inside a deletion moves to its start");
  assert.equal(carryPlace([{ delete: 2 }], 5), 3);
});

test("a character is followed, or known to be deleted", () => {
  assert.equal(carryCharacter([{ retain: 1 }, { insert: "XY" }], 1), 3);
  assert.equal(carryCharacter([{ retain: 1 }, { delete: 1 }], 1), -1);
  assert.equal(carryCharacter([{ delete: 2 }], 4), 2);
});

test("composed words land where they were typed, whatever others typed around them", () => {
  const change = { index: 1, remove: 0, insert: "日本" }; // "abc" → "a日本bc"
  const deltas = [[{ insert: "XX" }], [{ retain: 5 }, { insert: "YY" }]]; // "abc" → "XXabc" → "XXabcYY"
  assert.equal(apply("XXabcYY", rebase(change, deltas)), "XXa日本bcYY");
});

test("what others typed inside the replaced words stays", () => {
  const change = { index: 0, remove: 4, insert: "new" }; // "word" → "new"
  const deltas = [[{ retain: 2 }, { insert: "!!" }]]; // "word" → "wo!!rd"
  const result = apply("wo!!rd", rebase(change, deltas));
  assert.equal(result, "new!!");
});

test("what both deleted is deleted once", () => {
  const change = { index: 1, remove: 2, insert: "" }; // "abcd" → "ad"
  const deltas = [[{ retain: 2 }, { delete: 2 }]]; // "abcd" → "ab"
  assert.equal(apply("ab", rebase(change, deltas)), "a");
});
