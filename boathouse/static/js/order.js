// When the wall is put in order: in a pause, when another room is opened, or when the person asks for it.
// Who reads sees nothing jump; a cue says that there is a newer order.
import { announce } from "./announce.js";
import { onArrive } from "./arrive.js";
import { arrange, isInOrder } from "./bands.js";
import { holdsTile, whenCalm } from "./calm.js";
import { countBands } from "./filter.js";

const cue = () => document.querySelector("[data-order-cue]");
const isReading = () => holdsTile() || document.documentElement.dataset.drawer === "open";

function showCue(isShown) {
  if (!cue() || cue().hidden !== isShown) return;
  cue().hidden = !isShown;
  if (isShown) announce("The order of the rooms has changed. Press U to see it.");
}

/** Put every tile where it belongs, now. A band that was empty hides itself until it is counted again. */
export function settleNow() {
  if (!isInOrder()) arrange();
  countBands();
  showCue(false);
}

/** Put the wall in order once nobody reads it, and say so meanwhile. */
export function settleSoon() {
  if (isInOrder()) return settleNow();
  if (isReading()) showCue(true);
  whenCalm(() => (isReading() ? showCue(!isInOrder()) : settleNow()));
}

/** A room that comes beside the wall has the eyes, so the wall may move behind it. */
export function startOrder() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-order-cue]")) settleNow();
    const { queueRoom } = target.closest("[data-queue-room]")?.dataset ?? {};
    if (queueRoom) document.querySelector(`#tile-${queueRoom} a.tile`)?.click();
  });
  onArrive((root) => root.querySelector?.("[data-drawer-room]") && !holdsTile() && settleNow());
}
