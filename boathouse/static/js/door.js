// What pages in front of everything need beside app.js (kit/door.html).
import { startCode } from "./code.js";
import { startFirstError } from "./first-error.js";
import { startHeldFocus } from "./held-focus.js";

startCode();
startFirstError();
startHeldFocus();
