import assert from "node:assert/strict";
import { test } from "node:test";
import { ago } from "../../boathouse/static/js/ago.js";
import { cleanCode, codeProblem } from "../../boathouse/static/js/code.js";
import { figures, gone, label, notice } from "../../boathouse/static/js/countdown.js";
import { Offset } from "../../boathouse/static/js/offset.js";
import { pathIn } from "../../boathouse/static/js/path.js";
import { fullJitter, isFinal, longestWait } from "../../boathouse/static/js/retry.js";
import { isWanted } from "../../boathouse/static/js/versions.js";

test("waits are spread over the whole range and end at a second and a half", () => {
  assert.equal(fullJitter(1, () => 0), 0);
  assert.equal(fullJitter(1, () => 1), 200);
  assert.equal(fullJitter(3, () => 1), 800);
  assert.equal(longestWait(50), 1500);
});

test("only 4400 to 4499 are final", () => {
  for (const code of [1000, 1001, 1005, 1006, 1008, 1011, 1012, 1013, 4399, 4500]) assert.ok(!isFinal(code), code);
  for (const code of [4400, 4401, 4403, 4409, 4410, 4423, 4499]) assert.ok(isFinal(code), code);
});

test("the offset comes from the quickest answer", () => {
  const offset = new Offset();
  assert.equal(offset.value, null);
  offset.add(1000, 841_500, 2000); // a second on the way
  offset.add(3000, 843_010, 3020); // 20 ms
  assert.equal(offset.value, 840_000);
  offset.doubt();
  assert.equal(offset.value, 840_000, "the old offset serves until an answer comes");
  offset.add(5000, 5050, 5100);
  assert.equal(offset.value, 0);
});

test("the display is right to half a second", () => {
  for (let seconds = 0; seconds < 700; seconds += 0.173) {
    const [minutes, rest] = figures(seconds).split(":").map(Number);
    assert.ok(Math.abs(minutes * 60 + rest - seconds) <= 0.5);
  }
  assert.equal(figures(698), "11:38");
  assert.equal(figures(-3), "0:00");
});

test("the clock speaks at five, two and one minutes, once, and not late", () => {
  assert.equal(notice(300.2, 299.9), "5 minutes left");
  assert.equal(notice(120.1, 120), "2 minutes left");
  assert.equal(notice(60.1, 59.9), "1 minute left");
  assert.equal(notice(59.9, 59.7), null);
  assert.equal(notice(600, 110), null, "the laptop slept through it");
  assert.equal(notice(100, 400), null, "extended");
});

test("labels and shares of a phase", () => {
  assert.equal(label(698, "Key results"), "12 minutes left in Key results");
  assert.equal(label(40, ""), "Less than a minute left");
  assert.equal(label(0, "Reflect"), "Time is up in Reflect");
  assert.equal(gone(600, 20), 50);
  assert.equal(gone(-10, 20), 100);
});

test("times as people say them", () => {
  const minute = 60_000;
  assert.deepEqual(
    [0, 59_000, 3 * minute, 60 * minute, 65 * minute, 24 * 60 * minute, 49 * 60 * minute].map(ago),
    ["just now", "just now", "3 min", "1 h", "1 h 5 min", "1 day", "2 days"],
  );
  assert.equal(ago(-5000), "just now");
});

test("older pushes of a region are ignored, each region by itself", () => {
  const versions = new Map();
  assert.ok(isWanted(versions, { region: "draft", version: 5 }, true));
  assert.ok(!isWanted(versions, { region: "draft", version: 4 }, true));
  assert.ok(isWanted(versions, { region: "crew", version: 1 }, true));
  assert.ok(isWanted(versions, { region: "draft", version: 6 }, true));
  assert.ok(!isWanted(versions, { region: "elsewhere", version: 9 }, false));
});

test("a close reason leads only to a path of this site", () => {
  const here = "https://boathouse.example/rooms/a";
  assert.equal(pathIn("/rooms/b?x=1", here), "/rooms/b?x=1");
  assert.equal(pathIn("//elsewhere.example/rooms/b", here), null);
  assert.equal(pathIn("/\\elsewhere.example", here), null);
  assert.equal(pathIn("https://elsewhere.example/", here), null);
  assert.equal(pathIn("You were moved.", here), null);
});

test("a code is understood however it is typed", () => {
  for (const typed of ["abcd efgh", "ABCD-EFGH", " abcdefgh ", "https://boathouse.example/join/abcdefgh?x=1"])
    assert.equal(cleanCode(typed), "ABCDEFGH");
  assert.equal(codeProblem("ABCDEF"), "Two letters are missing. The code has eight.");
  assert.equal(codeProblem("ABCDEFG"), "One letter is missing. The code has eight.");
  assert.equal(codeProblem("ABCDEFGH"), "");
});
