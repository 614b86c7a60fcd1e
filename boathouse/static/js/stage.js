// The stage: one room's words, live, for everybody to see; and the desk beside it.
import { startFitting } from "./fit.js";
import { startReading } from "./reading.js";
import { startStageKeys } from "./stage-keys.js";

startReading();
startFitting();
startStageKeys();
