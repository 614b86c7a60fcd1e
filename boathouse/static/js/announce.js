// Says things to screen readers, one at a time, and marks what has just come.
import { onArrive, within } from "./arrive.js";
import { isMine } from "./viewer.js";

const PAUSE = 1500; // ms, time to hear one sentence before the next
const FRESH = 3000; // ms
const waiting = [];
const known = new Set();
let speaking = false;

/** Say a sentence politely; it waits for those before it. */
export function announce(sentence) {
  waiting.push(sentence);
  if (!speaking) sayNext();
}

function sayNext() {
  const region = document.querySelector("#announce");
  const sentence = waiting.shift();
  speaking = sentence !== undefined;
  if (!region || !speaking) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = sentence)); // the same words twice are heard twice
  setTimeout(sayNext, PAUSE);
}

function announceNew(root) {
  const started = document.body.dataset.settled === "yes";
  for (const element of within(root, "[data-announce][id]")) {
    if (known.has(element.id)) continue;
    known.add(element.id);
    if (!started || isMine(element)) continue;
    element.classList.add("fresh");
    setTimeout(() => element.classList.remove("fresh"), FRESH);
    announce(element.dataset.announce);
  }
}

/** Announce elements with `data-announce` that arrive from now on. */
export function startAnnouncing() {
  onArrive(announceNew);
  document.body.dataset.settled = "yes";
}
