// Every page.
import { startAnnouncing } from "./announce.js";
import { startClock } from "./clock.js";
import { startCode } from "./code.js";
import { startConfirm } from "./confirm.js";
import { startCopy } from "./copy.js";
import { startDialogs } from "./dialogs.js";
import { startLine } from "./line.js";
import { startLive } from "./live.js";
import { startRequests } from "./requests.js";
import { startSince } from "./since.js";
import { startSubmit } from "./submit.js";
import { startToasts } from "./toast.js";
import { startViewer } from "./viewer.js";

startLive();
startViewer();
startLine();
startClock();
startSince();
startAnnouncing();
startToasts();
startRequests();
startDialogs();
startConfirm();
startCopy();
startCode();
startSubmit();
