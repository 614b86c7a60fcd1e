// The board: all rooms on one wall, live.
import { onArrive } from "./arrive.js";
import { startBank } from "./bank.js";
import { startCalm } from "./calm.js";
import { startComposer } from "./composer.js";
import { startDensity } from "./density.js";
import { startDrawer } from "./drawer.js";
import { applyFilter, startPatterns } from "./filter.js";
import { startKeys } from "./keys.js";
import { settleNow, settleSoon, startOrder } from "./order.js";
import { startReading } from "./reading.js";
import { startShared } from "./shared.js";

const PAUSE = 500; // ms that pushes are gathered
let gathering = null;

function refresh() {
  gathering = null;
  applyFilter();
  settleSoon();
}

const soon = () => (gathering ??= setTimeout(refresh, PAUSE));
const MOVES = "[data-tile], #wall-head, #patterns";

/** A room opened just now has no tile to morph yet. */
function makeRoom({ detail: { region } }) {
  if (!region.startsWith("tile-") || document.getElementById(region)) return;
  const tile = Object.assign(document.createElement("li"), { id: region });
  tile.dataset.tile = region.slice("tile-".length);
  document.querySelector('[data-band-list="row"]')?.append(tile);
}

function startWall() {
  document.addEventListener("boathouse:push", makeRoom);
  onArrive((root) => (root === document.body || root.matches(MOVES)) && soon());
  const tools = document.querySelector("form[data-tools]");
  tools?.addEventListener("submit", (event) => event.preventDefault());
  tools?.addEventListener("input", ({ target }) => {
    applyFilter();
    if (target.name === "sort") settleNow();
  });
}

startCalm();
startDensity();
startWall();
startOrder();
startPatterns();
startDrawer();
startComposer();
startBank();
startReading();
startKeys();
startShared();
