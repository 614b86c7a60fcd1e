// The board: all rooms on one wall, live.
import { onArrive } from "./arrive.js";
import { startBank } from "./bank.js";
import { arrange } from "./bands.js";
import { startCalm, whenCalm } from "./calm.js";
import { startComposer } from "./composer.js";
import { startDensity } from "./density.js";
import { startDrawer } from "./drawer.js";
import { applyFilter, countBands } from "./filter.js";
import { startKeys } from "./keys.js";
import { startReading } from "./reading.js";

const PAUSE = 500; // ms that pushes are gathered
const STEP = 5000; // ms between looks for rooms that went silent
let gathering = null;

function refresh() {
  gathering = null;
  applyFilter();
  whenCalm(settle);
}

/** A band that was empty hides itself until it is counted again. */
function settle() {
  arrange();
  countBands();
}

const soon = () => (gathering ??= setTimeout(refresh, PAUSE));

/** A room opened just now has no tile to morph yet. */
function makeRoom({ detail: { region } }) {
  if (!region.startsWith("tile-") || document.getElementById(region)) return;
  const tile = Object.assign(document.createElement("li"), { id: region });
  tile.dataset.tile = region.slice("tile-".length);
  document.querySelector('[data-band-list="row"]')?.append(tile);
}

function startWall() {
  document.addEventListener("boathouse:push", makeRoom);
  onArrive((root) => (root === document.body || root.matches("[data-tile]")) && soon());
  setInterval(soon, STEP);
  const tools = document.querySelector("form[data-tools]");
  tools?.addEventListener("submit", (event) => event.preventDefault());
  tools?.addEventListener("input", () => {
    applyFilter();
    whenCalm(settle);
  });
}

startCalm();
startDensity();
startWall();
startDrawer();
startComposer();
startBank();
startReading();
startKeys();
