import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, countedKind, covers } from "../../boathouse/static/js/acknowledged.js";
import { saveWords } from "../../boathouse/static/js/save-words.js";

const at = (...clocks) => new Map(clocks);

function open() {
  const clock = { now: 0 };
  return { clock, ledger: new Ledger({ now: () => clock.now }) };
}

test("only sync-2 and update messages count", () => {
  assert.equal(countedKind(new Uint8Array([0, 1, 2, 0, 0])), "whole");
  assert.equal(countedKind(new Uint8Array([0, 2, 2, 0, 0])), "update");
  assert.equal(countedKind(new Uint8Array([0, 0, 1, 0])), null);
  assert.equal(countedKind(new Uint8Array([1, 2, 0])), null);
});

test("stored must reach every client, also those whose words came from others", () => {
  assert.ok(covers(at([1, 5], [2, 3]), at([1, 5])));
  assert.ok(!covers(at([1, 5]), at([1, 5], [2, 3])));
  assert.ok(!covers(at([1, 4]), at([1, 5])));
});

test("not saved before the whole document was compared", () => {
  const { ledger } = open();
  assert.ok(!ledger.isSaved);
  ledger.left("update", at());
  ledger.acknowledge(at(), 1);
  assert.ok(!ledger.isSaved);
  ledger.left("whole", at());
  ledger.acknowledge(at(), 2);
  assert.ok(ledger.isSaved);
});

test("a deletion moves no state vector: the count tells", () => {
  const { ledger } = open();
  ledger.left("whole", at([1, 9]));
  ledger.acknowledge(at([1, 9]), 1);
  ledger.left("update", at([1, 9]));
  assert.ok(!ledger.isSaved);
  ledger.acknowledge(at([1, 9]), 2);
  assert.ok(ledger.isSaved);
});

test("others' words that arrive later do not make mine unsaved", () => {
  const { ledger } = open();
  ledger.left("whole", at([1, 2]));
  ledger.acknowledge(at([1, 2], [7, 40]), 1);
  assert.ok(ledger.isSaved);
});

test("a new socket starts from nothing", () => {
  const { ledger } = open();
  ledger.left("whole", at());
  ledger.acknowledge(at(), 1);
  ledger.opened();
  assert.ok(!ledger.isSaved);
});

test("typing without a pause in one field is one change", () => {
  const { ledger, clock } = open();
  for (const [now, name] of [[0, "a"], [500, "a"], [1000, "a"], [1200, "b"], [5000, "b"]]) {
    clock.now = now;
    ledger.wrote(name);
  }
  assert.equal(ledger.changes, 3);
  assert.equal(ledger.unsavedSince, 0);
  ledger.left("whole", at());
  ledger.acknowledge(at(), 1);
  assert.equal(ledger.changes, 0);
  assert.equal(ledger.unsavedSince, null);
  assert.equal(ledger.names.size, 0);
});

const facts = { up: true, saved: true, changes: 0, keeps: true, refused: false, ended: false, waiting: 0, time: "10:42" };
const words = (more) => saveWords({ ...facts, ...more });

test("the sign never says more than is true", () => {
  assert.equal(words({}).text, "Saved 10:42");
  assert.equal(words({ saved: false, changes: 1 }).text, "Saving");
  assert.equal(words({ saved: false, changes: 1, waiting: 10_500 }).state, "late");
  assert.equal(words({ up: false }).text, "Offline, your words are kept here");
  assert.equal(words({ up: false, saved: false, changes: 3 }).text, "Offline, 3 changes kept here");
  assert.equal(words({ up: false, saved: false, changes: 1, keeps: false }).text, "Offline, 1 change in this tab only");
  assert.match(words({ up: false, changes: 1, keeps: false }).banner.text, /^Keep this tab open/);
  assert.equal(words({ refused: true, saved: false, changes: 2 }).text, "Locked, 2 changes kept here");
  assert.equal(words({ ended: true }).text, "Closed");
});
