// Whether a page of a plan has to say that somebody changed it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isNews } from "../../boathouse/static/js/plan-news.js";

test("only what came after the page was drawn is news", () => {
  assert.equal(isNews("200", "100"), true);
  assert.equal(isNews("100", "100"), false);
  assert.equal(isNews("900", "1000"), false); // as numbers, not as words
});
