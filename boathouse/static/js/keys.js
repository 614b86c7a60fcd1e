// The board by keyboard; never while somebody types.
import { closeComposer, fillComposer, openComposer } from "./composer.js";
import { closeDrawer, openRoom, step, takeNext } from "./drawer.js";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const ARROWS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
const inDrawer = (selector) => document.querySelector(`#drawer ${selector}`);

function comment() {
  const focused = document.activeElement?.closest("[data-comment-on]");
  if (focused) focused.click();
  else if (openRoom()) openComposer("room", "the room");
}

function bank(number) {
  const ready = document.querySelectorAll("[data-bank]")[number - 1];
  if (ready && openRoom()) fillComposer(ready.dataset.bank);
  return Boolean(ready);
}

const ACTS = {
  n: takeNext,
  j: () => step(1),
  k: () => step(-1),
  c: comment,
  d: () => inDrawer("[data-done-button]")?.click(),
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
  else if (!(/^[1-9]$/.test(key) && bank(Number(key)))) return;
  event.preventDefault();
}

/** Listen for the board's keys. */
export const startKeys = () => document.addEventListener("keydown", pressed);
