// Bundles the browser code: scripts, styles, fonts and icons, into boathouse/static/dist.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { colours } from "./colours.mjs";
import { icons } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "..", "boathouse", "static");
const out = process.argv[2]; // a folder beside the one that is served

// The oldest browsers that people may come with (docs/operators.md names them).
const target = ["chrome111", "edge111", "firefox121", "safari16.4", "ios16.4"];

// Sources live outside this folder, so packages are looked up here by name.
const shared = {
  outdir: out,
  bundle: true,
  minify: true,
  nodePaths: [join(here, "node_modules")],
  alias: { "lib0/logging": join(here, "plain-logging.js") },
  legalComments: "linked",
  target,
  logLevel: "warning",
};

const scripts = ["app", "door", "coach", "room", "board", "stage", "plan"].map((name) => join(source, "js", `${name}.js`)).filter(existsSync);

await Promise.all([
  build({
    ...shared,
    entryPoints: scripts,
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  }),
  // theme.js runs before the first paint, so it is a classic script of its own.
  build({ ...shared, entryPoints: [join(source, "js", "theme.js")].filter(existsSync), format: "iife" }),
  build({
    ...shared,
    entryPoints: ["app", "door", "coach", "rollout", "board", "stage", "gallery"].map((name) => join(source, "css", `${name}.css`)),
    loader: { ".woff2": "file" },
    assetNames: "fonts/[name]-[hash]",
    plugins: [icons, colours],
  }),
]);
await copyFile(join(source, "mark.svg"), join(out, "mark.svg"));

// What PDFs are set in: wide enough for the names of many languages (core/pdf.py).
await mkdir(join(out, "print"), { recursive: true });
for (const name of ["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"]) {
  await copyFile(join(here, "node_modules", "dejavu-fonts-ttf", "ttf", name), join(out, "print", name));
}

// Fonts and icons travel with their licences.
await mkdir(join(out, "licences"), { recursive: true });
for (const name of ["@fontsource-variable/hanken-grotesk", "@fontsource-variable/source-serif-4", "lucide-static", "dejavu-fonts-ttf"]) {
  await copyFile(join(here, "node_modules", name, "LICENSE"), join(out, "licences", `${name.split("/").pop()}.txt`));
}
