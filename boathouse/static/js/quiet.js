// The quiet questions beside the fields: they come when this person pauses too, never move the field in use,
// and are told to screen readers together.
import { announce } from "./announce.js";
import { onArrive, within } from "./arrive.js";
import { swapLater } from "./live.js";

const PAUSE = 2500; // ms without a key that make a pause
const GATHER = 1200; // ms in which questions that come together are told together
const kept = new Map(); // region → { element, push }
const known = new Set();
let typedAt = -Infinity;
let waiting = null;
let held = null; // where the field in use stood before this frame
let fresh = [];

function bring() {
  waiting = null;
  const rest = typedAt + PAUSE - performance.now();
  if (rest > 0) return wait(rest);
  const pushes = [...kept.values()];
  kept.clear();
  for (const { element, push } of pushes) swapLater(element, [push]);
}

function wait(time) {
  waiting ??= setTimeout(bring, time);
}

function pushed(event) {
  const { detail: push, target } = event;
  if (!push.region?.startsWith("asks-")) return;
  kept.delete(push.region);
  const rest = typedAt + PAUSE - performance.now();
  if (rest <= 0) return;
  event.preventDefault();
  kept.set(push.region, { element: target, push });
  wait(rest);
}

/** A field that has the focus stays where it is on the screen, however many questions come above it at once. */
function holdStill({ detail: { tasks } }) {
  const field = document.activeElement;
  if (held !== null || !field?.matches("[data-field]")) return;
  if (!tasks.some(({ target }) => target instanceof Element && target.matches(".asks"))) return;
  held = field.getBoundingClientRect().top;
  requestAnimationFrame(() => {
    scrollBy({ top: field.getBoundingClientRect().top - held, behavior: "instant" });
    held = null;
  });
}

function tell() {
  const here = fresh.filter((question) => question.isConnected);
  fresh = [];
  if (!here.length) return;
  const places = [...new Set(here.map((question) => question.dataset.quiet))];
  if (places.length > 1) return announce(`New questions about ${places.slice(0, -1).join(", ")} and ${places.at(-1)}`);
  const more = here.length > 1 ? ` And ${here.length - 1} more.` : "";
  announce(`A question about ${places[0]}: ${here[0].querySelector("[data-question]").textContent}${more}`);
}

function gather(root) {
  const isNew = within(root, "[data-quiet]").filter(({ id }) => !known.has(id));
  for (const question of isNew) known.add(question.id);
  if (!isNew.length || document.body.dataset.settled !== "yes") return;
  if (!fresh.length) setTimeout(tell, GATHER);
  fresh.push(...isNew);
}

/** Look after the questions of a room. */
export function startQuietQuestions() {
  document.addEventListener("input", ({ target }) => target.matches?.("[data-field]") && (typedAt = performance.now()), true);
  document.addEventListener("boathouse:push", pushed);
  document.addEventListener("htmx:before:swap", holdStill);
  onArrive(gather);
}
