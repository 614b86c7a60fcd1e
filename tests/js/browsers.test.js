// What people's browsers must be able to do: frontend/build.mjs names the oldest, docs/operators.md says so.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { withPlainColours } from "../../frontend/colours.mjs";

const HOME = new URL("../../boathouse/", import.meta.url);

/** What is newer than the oldest browsers → the files that do without it there. */
const NEWER = [
  [/light-dark\(/, ["static/css/tokens.css"]], // frontend/colours.mjs writes both lists out
  [/checkVisibility/, ["static/js/visible.js"]],
  [/moveBefore/, ["static/js/bands.js"]],
  [/anchor-name|position-anchor|position-area|@starting-style|calc-size|interpolate-size|@scope|:user-invalid|\bsubgrid\b/, []],
  [/\.(requestIdleCallback|startViewTransition|showPopover|requestClose|withResolvers|groupBy|fromAsync|canParse)\b/, []],
  [/AbortSignal\.any|Intl\.Segmenter|Promise\.try|RegExp\.escape/, []],
  [/\.(values|keys|entries)\(\)\s*\.(map|filter|find|some|every|reduce|toArray)\(/, []],
  [/\s(popover|popovertarget|commandfor|closedby)[\s=>]/, []],
];

function files(folder, ending) {
  const all = readdirSync(new URL(folder, HOME), { recursive: true, withFileTypes: true });
  return all.filter((file) => file.name.endsWith(ending) && !file.parentPath.includes("/dist")).map((file) => `${file.parentPath}/${file.name}`);
}

test("what is newer than the oldest browsers is used only where something catches its absence", () => {
  const sources = [...files("static/js", ".js"), ...files("static/css", ".css"), ...files("templates", ".html")];
  assert.ok(sources.length > 100);
  for (const source of sources) {
    const words = readFileSync(source, "utf8").replace(/\/\*[^]*?\*\//g, "");
    for (const [newer, where] of NEWER)
      assert.ok(!newer.test(words) || where.some((place) => source.endsWith(place)), `${source}: ${newer.exec(words)?.[0]}`);
  }
});

test("browsers without light-dark() get every colour, light and dark, and paper stays light", () => {
  const tokens = readFileSync(new URL("static/css/tokens.css", HOME), "utf8");
  const names = [...tokens.matchAll(/(--[\w-]+):\s*light-dark\(/g)].map((pair) => pair[1]);
  const plain = withPlainColours(tokens).slice(tokens.length);
  assert.ok(names.length > 30);
  for (const name of names) assert.equal(plain.split(`${name}:`).length, 4, name);
  assert.ok(!plain.replace("(color: light-dark(red, red))", "").includes("light-dark"));
  assert.equal(plain.match(/@media screen/g).length, 2);
  assert.match(plain, /:root { --sunken:#e3eaeb;/);
  assert.match(plain, /\[data-theme="dark"\] { --sunken:#0b1418;/);
});
