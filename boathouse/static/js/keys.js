// The board by keyboard; never while somebody types.
import { isFetching, pick, sendPicked } from "./bank.js";
import { closeComposer, composerPlace, openComposer } from "./composer.js";
import { closeDrawer, openRoom, step, takeNext } from "./drawer.js";
import { settleNow } from "./order.js";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const ARROWS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
const inDrawer = (selector) => document.querySelector(`#drawer ${selector}`);

function comment() {
  const focused = document.activeElement?.closest("[data-comment-on]");
  if (focused) focused.click();
  else if (composerPlace()) document.querySelector("#composer-body").focus();
  else if (openRoom()) openComposer("room", "the whole room");
}

/** Numbers pick a question; Enter right behind one sends it, even if room or question are still on their way. */
function ready(key) {
  if (!openRoom() && !isFetching()) return false;
  if (/^[1-9]$/.test(key)) pick(Number(key));
  else if (key === "Enter" && isFetching()) sendPicked();
  else return false;
  return true;
}

/** Star what has the focus, or the room in the drawer. */
function star() {
  const near = document.activeElement?.closest("#drawer li, #drawer header")?.querySelector("[data-star]");
  (near ?? inDrawer("[data-star]"))?.click();
}

const press = (id) => document.getElementById(id)?.click();

const ACTS = {
  n: takeNext,
  j: () => step(1),
  k: () => step(-1),
  c: comment,
  d: () => inDrawer("[data-done-button]")?.click(),
  s: star,
  ".": () => press("strip-next"),
  ",": () => press("strip-previous"),
  u: settleNow,
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.querySelector("#keys")?.showModal(),
  Escape: () => closeComposer() || closeDrawer(),
};

function pressed(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  if (target.matches?.(TYPING)) return void (key === "Escape" && target.blur());
  const act = ACTS[key];
  const arrow = !target.matches?.("input") && ARROWS[key] && (openRoom() || target.matches?.("a.tile"));
  if (act) act();
  else if (arrow) step(ARROWS[key]);
  else if (!ready(key)) return;
  event.preventDefault();
}

/** Listen for the board's keys. */
export const startKeys = () => document.addEventListener("keydown", pressed);
