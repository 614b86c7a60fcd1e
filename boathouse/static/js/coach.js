// What signed-in people need beside app.js; part of their bar (kit/bar.html).
import { startReordering } from "./agenda-order.js";
import { startDownloads } from "./downloads.js";
import { startFirstError } from "./first-error.js";
import { startHalfWritten } from "./half-written.js";
import { startHeldFocus } from "./held-focus.js";
import { startSum } from "./sum.js";
import { startTickAll } from "./tick-all.js";

startDownloads();
startFirstError();
startHalfWritten();
startHeldFocus();
startReordering();
startSum();
startTickAll();
