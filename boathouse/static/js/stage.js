// The stage: one room's words, live, for everybody to see.
import { startReading } from "./reading.js";

startReading();
