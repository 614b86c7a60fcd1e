// The stage: one room's words, live, for everybody to see.
import { startFitting } from "./fit.js";
import { startReading } from "./reading.js";

startReading();
startFitting();
