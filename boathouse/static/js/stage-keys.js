// The stage by keyboard, or by the clicker of who presents; never while somebody types.
import { toast } from "./toast.js";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const NONE = "Nothing is starred yet. Star rooms and key results on the wall while you read them.";
const UNCHANGED = "No comment has changed what is shown yet.";
const NO_POLL = "There is no poll yet. Begin one at the stage desk.";
const REST = 4000; // ms without the mouse until the switches leave the picture

const press = (...ids) => {
  const button = ids.map((id) => document.getElementById(id)).find(Boolean);
  button?.click();
  return Boolean(button);
};
const next = () => press("show-next", "desk-next") || toast(NONE);
const previous = () => press("show-previous", "desk-previous") || toast(NONE);

const ACTS = {
  ArrowRight: next,
  PageDown: next,
  ArrowLeft: previous,
  PageUp: previous,
  b: () => press("show-turn") || toast(UNCHANGED),
  c: () => press("show-clock"),
  j: () => press("show-join"),
  o: () => press("show-wall"),
  p: () => press("show-poll") || toast(NO_POLL),
  q: () => press("show-questions"),
  h: () => press("hide-names"),
  "?": () => document.querySelector("#stage-keys")?.showModal(),
};

// The wall of objectives is the one view to scroll.
const scrolls = (key) => key.startsWith("Page") && document.querySelector('#stage[data-view="wall"]');

function pressed(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || target.matches?.(TYPING) || scrolls(key)) return;
  const act = ACTS[key];
  if (!act) return;
  act();
  event.preventDefault();
}

let resting;

function moved() {
  delete document.documentElement.dataset.idle;
  clearTimeout(resting);
  resting = setTimeout(() => (document.documentElement.dataset.idle = ""), REST);
}

/** Keys for coaches, and nothing but the picture once the mouse rests. */
export function startStageKeys() {
  if (["owner", "facilitator"].includes(document.body.dataset.standing)) document.addEventListener("keydown", pressed);
  if (document.querySelector(".stage")) addEventListener("pointermove", moved, { passive: true });
}
