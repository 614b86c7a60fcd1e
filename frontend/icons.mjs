// Makes one CSS rule an icon, `.i-name { --i: url(data:…) }`, from Lucide's drawings.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Our name for an icon → its Lucide drawing. */
const LUCIDE = {
  ask: "circle-question-mark", check: "check", clock: "timer", close: "x", copy: "copy", crew: "users",
  cut: "wifi-off", door: "door-open", down: "chevron-down", download: "download", drag: "grip-vertical",
  edit: "pencil", eye: "eye", gap: "square-dashed", hand: "hand", horn: "megaphone", info: "info",
  keyboard: "keyboard", left: "arrow-left", link: "link", list: "list", lock: "lock", mail: "mail",
  merge: "merge", more: "ellipsis", move: "arrow-right-left", next: "skip-forward", note: "message-square",
  pause: "pause", play: "play", plus: "plus", prev: "skip-back", qr: "qr-code", quiet: "clock",
  right: "arrow-right", search: "search", send: "send-horizontal", settings: "settings", stage: "presentation",
  star: "star", starred: "star", stop: "square", theme: "contrast", trash: "trash-2", undo: "undo-2", unlock: "lock-open",
  up: "chevron-up", users: "users", warn: "triangle-alert",
};

/** Drawings that are filled: what is on must not differ from what is off by its colour alone. */
const FILLED = new Set(["starred"]);

/** The drawing as a data address: only what a mask needs, in the fewest characters. */
function address(svg, fill) {
  const body = svg
    .replace(/<!--[^]*?-->/g, "")
    .replace(/^[^]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .replace(/ \/>/g, "/>")
    .trim();
  const whole =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${fill}" stroke="#000" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round">${body}</svg>`;
  return `data:image/svg+xml,${whole.replaceAll('"', "'").replaceAll("#", "%23").replaceAll("<", "%3C").replaceAll(">", "%3E")}`;
}

/** esbuild plugin: `@import "icons.css"` becomes the generated rules. */
export const icons = {
  name: "icons",
  setup(build) {
    const folder = join(dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")), "icons");
    build.onResolve({ filter: /^icons\.css$/ }, () => ({ path: "icons.css", namespace: "icons" }));
    build.onLoad({ filter: /.*/, namespace: "icons" }, async () => {
      const rules = Object.entries(LUCIDE).map(async ([name, drawing]) => {
        const svg = await readFile(join(folder, `${drawing}.svg`), "utf8");
        return `.i-${name} { --i: url("${address(svg, FILLED.has(name) ? "#000" : "none")}"); }`;
      });
      return { contents: (await Promise.all(rules)).join("\n"), loader: "css" };
    });
  },
};
