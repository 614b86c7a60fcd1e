// Keeps every clock on the page right: the server's deadline, the server's time.
import { announce } from "./announce.js";
import { onArrive, within } from "./arrive.js";
import { figures, gone, label, notice } from "./countdown.js";
import { serverNow } from "./server-time.js";

const TICK = 200; // ms
const LAST = 120; // seconds that count as the end of a phase
const CLOCKS = "[role=timer][data-ends-at], [role=timer][data-left]";
let before = null; // seconds left at the tick before, for spoken notices
let beforeOf = null;

/** Seconds left on a clock, or null while the server's time is unknown. */
function secondsLeft(clock) {
  if (clock.dataset.left) return Number(clock.dataset.left);
  const now = serverNow();
  return now === null ? null : (Date.parse(clock.dataset.endsAt) - now) / 1000;
}

function write(clock, text) {
  const place = clock.querySelector("[data-clock]") ?? clock.firstChild ?? clock;
  if (place.textContent !== text) place.textContent = text;
}

function show(clock, seconds) {
  const text = figures(seconds);
  write(clock, text);
  clock.toggleAttribute("data-long", text.length > 5);
  clock.toggleAttribute("data-over", seconds <= -60);
  const words = label(seconds, clock.dataset.clockOf);
  if (clock.ariaLabel !== words) clock.ariaLabel = words;
  clock.toggleAttribute("data-last", seconds <= LAST && seconds > -60);
  const note = clock.querySelector("[data-clock-note]");
  const said = seconds <= 0 ? "time is up" : seconds <= LAST ? "last two minutes" : "";
  if (note && note.textContent !== said) note.textContent = said;
}

function speak(clock, seconds) {
  const same = beforeOf === clock.dataset.endsAt;
  const words = same && before !== null && !clock.dataset.left ? notice(before, seconds) : null;
  if (words) announce(words);
  beforeOf = clock.dataset.endsAt;
  before = seconds;
}

function showCourse(seconds, minutes) {
  for (const step of document.querySelectorAll(".course [aria-current=step]"))
    step.style.setProperty("--gone", `${gone(seconds, minutes).toFixed(1)}%`);
}

function tick() {
  document.querySelectorAll(CLOCKS).forEach((clock, index) => {
    const seconds = secondsLeft(clock);
    if (seconds === null) return;
    show(clock, seconds);
    if (index > 0) return;
    speak(clock, seconds);
    if (clock.dataset.minutes) showCourse(seconds, Number(clock.dataset.minutes));
  });
}

function measure(root) {
  for (const step of within(root, ".course [data-min]")) step.style.setProperty("--min", step.dataset.min);
  for (const step of within(root, ".course [data-gone]")) step.style.setProperty("--gone", `${step.dataset.gone}%`);
  tick();
}

/** Run the page's clocks and the progress of its course. */
export function startClock() {
  onArrive(measure);
  setInterval(tick, TICK);
  document.addEventListener("visibilitychange", tick);
}
