// htmx reads its settings from a meta tag while it starts, so this module is imported before it.
import { isFinal, longestWait } from "./retry.js";

// Errors come as a toast; only a form that comes back with its mistakes marked (422) is swapped in.
const NEVER_SWAPPED = [204, 304, 400, 401, 403, 404, 405, 409, 410, 413, 423, 429, "5xx"];

const settings = {
  includeIndicatorCSS: false,
  // What our scripts and the reader did to an element stays when its region is pushed again.
  morphIgnore: ["data-htmx-powered", "style", "open"],
  history: false,
  mode: "same-origin",
  extensions: "ws, boathouse",
  noSwap: NEVER_SWAPPED,
  ws: {
    pauseOnBackground: false,
    // hx-ws spreads its delay by the jitter to both sides: half the wait, give or take all of it, is 0 to the wait.
    reconnectDelay: longestWait(0),
    reconnectMaxDelay: longestWait(Infinity) / 2,
    reconnectJitter: 1,
  },
};

const meta = document.createElement("meta");
meta.name = "htmx-config";
meta.content = JSON.stringify(settings);
document.head.append(meta);

/** Stands in for hx-ws's list of close codes that deserve another try. */
export const reconnectCodes = { includes: (code) => !isFinal(code) };
