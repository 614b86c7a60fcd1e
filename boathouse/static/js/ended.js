// The end of a page's line: moved on, or told why.
import { announce } from "./announce.js";
import { leaveFor } from "./leaving.js";
import { noteMove } from "./moved.js";
import { pathIn } from "./path.js";

const WORDS = {
  4401: "Your seat is not known here any more. Open your link again.",
  4403: "You are not part of this room any more.",
  4410: "This has ended.",
};

/** "erased: why" is for people without its first word, which is for our scripts. */
function sentenceOf(reason = "") {
  const words = reason.replace(/^erased:\s*/, "");
  return /^erased\b/.test(words) ? "This draft was erased." : words.charAt(0).toUpperCase() + words.slice(1);
}

let leaving = false; // both sockets of a page say so: one way is enough

/** Act on a final close code: 4409 leads to another room, the others are said in the banner within `place`. */
export function endPage(code, reason, place = document) {
  const path = code === 4409 ? pathIn(reason) : null;
  if (path && path !== location.pathname + location.search) {
    if (leaving) return;
    leaving = true;
    noteMove();
    return leaveFor(path);
  }
  if (code === 4423) return; // locked drafts are no end: room.js keeps the words
  const sentence = sentenceOf(reason) || WORDS[code] || "This page is not live any more.";
  const banner = place.querySelector("[data-ended]");
  if (!banner?.hidden) return;
  (banner.querySelector("[data-ended-text]") ?? banner).textContent = sentence;
  banner.hidden = false;
  if (place === document) document.body.dataset.ended = "yes";
  announce(sentence);
}
