import assert from "node:assert/strict";
import { mock, test } from "node:test";

mock.timers.enable({ apis: ["setTimeout"] });
const gone = [];
const asks = [];
globalThis.addEventListener = (_, ask) => asks.push(ask);
globalThis.location = { assign: (path) => gone.push(path) };
const { leaveFor, warnOnLeaving } = await import("../../boathouse/static/js/leaving.js");

test("a page that keeps every word leaves at once", () => {
  leaveFor("/rooms/a");
  assert.deepEqual(gone.splice(0), ["/rooms/a"]);
});

test("a page that was sent elsewhere waits until nobody need be asked, then goes without a question", () => {
  let waits = true;
  warnOnLeaving(() => waits);
  leaveFor("/rooms/b");
  mock.timers.tick(100);
  assert.deepEqual(gone, []);
  waits = false;
  mock.timers.tick(20);
  assert.deepEqual(gone.splice(0), ["/rooms/b"]);
  let asked = false;
  asks[0]({ preventDefault: () => (asked = true) });
  assert.equal(asked, false);
});

test("words that cannot be kept are asked about in the end", () => {
  warnOnLeaving(() => true);
  leaveFor("/rooms/c");
  for (let waited = 0; waited <= 2000; waited += 20) mock.timers.tick(20);
  assert.deepEqual(gone.splice(0), ["/rooms/c"]);
  let asked = false;
  asks[1]({ preventDefault: () => (asked = true) });
  assert.equal(asked, true);
});
