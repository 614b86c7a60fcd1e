// Leaving a page with words that are neither stored nor in this browser.

const PATIENCE = 2000; // ms that writing them down here may take
const LOOK = 20; // ms

let wouldLose = () => false;

/** Ask before leaving while `lose()`. */
export function warnOnLeaving(lose) {
  wouldLose = lose;
  addEventListener("beforeunload", (event) => wouldLose() && event.preventDefault());
}

/** Go to `path`, as soon as nobody need be asked. */
export function leaveFor(path, patience = PATIENCE) {
  if (!wouldLose() || patience <= 0) location.assign(path);
  else setTimeout(() => leaveFor(path, patience - LOOK), LOOK);
}
