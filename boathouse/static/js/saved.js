// Saved, Saving or Offline, wherever the page has room for it.
import { announce } from "./announce.js";
import { onArrive } from "./arrive.js";
import { explainOffline, showBanner } from "./line.js";
import { saveWords } from "./save-words.js";
import { serverNow } from "./server-time.js";

const LOOK = 1000; // ms between looks at how long something waits

function now() {
  return new Date(serverNow() ?? Date.now()).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function fill(element, { state, icon, text }) {
  if (element.dataset.state === state && element.textContent === text) return;
  element.dataset.state = state;
  element.ariaLive = "off"; // each keystroke changes it; what matters is announced
  const mark = document.createElement("i");
  mark.className = `i i-${icon}`;
  mark.ariaHidden = "true";
  element.replaceChildren(mark, text);
}

/** Keep the signs current. `look()` returns what `saveWords` needs; returns a function that refreshes them. */
export function startSaved(look) {
  let time = now();
  let before;
  function show() {
    const facts = look();
    if (facts.saved && facts.up) time = now();
    const words = saveWords({ ...facts, time });
    for (const element of document.querySelectorAll("[data-saved]")) fill(element, words);
    if (words.banner) explainOffline(words.banner.title, words.banner.text);
    showBanner("saving", words.state === "late");
    if (before && before !== words.state && ["offline", "late"].includes(words.state)) announce(words.text);
    if (before && ["offline", "late"].includes(before) && words.state === "saved") announce(words.text);
    before = words.state;
  }
  onArrive(show);
  setInterval(show, LOOK);
  return show;
}
