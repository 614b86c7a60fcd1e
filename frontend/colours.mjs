// Browsers older than `light-dark()` get the same colours as two plain lists.
import { readFile } from "node:fs/promises";

const PAIR = /(--[\w-]+):\s*light-dark\((#\w+|rgb\([^)]*\)),\s*(#\w+|rgb\([^)]*\))\)/g;

/** `tokens` (CSS) with every pair of a light and a dark colour once more, for browsers that cannot choose. */
export function withPlainColours(tokens) {
  const pairs = [...tokens.matchAll(PAIR)];
  const list = (side) => pairs.map((pair) => `${pair[1]}:${pair[side]};`).join("");
  return `${tokens}
@supports not (color: light-dark(red, red)) {
  :root { ${list(2)} }
  @media screen { :root[data-theme="dark"] { ${list(3)} } }
  @media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${list(3)} } }
}`;
}

/** esbuild plugin for the file that holds the colours. */
export const colours = {
  name: "colours",
  setup(build) {
    build.onLoad({ filter: /css\/tokens\.css$/ }, async ({ path }) => ({
      contents: withPlainColours(await readFile(path, "utf8")),
      loader: "css",
    }));
  },
};
