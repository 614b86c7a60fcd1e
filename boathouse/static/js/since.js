// Times as people say them: "3 min".
import { ago } from "./ago.js";
import { onArrive, within } from "./arrive.js";
import { serverNow } from "./server-time.js";

const STEP = 10_000; // ms between refreshes

function refresh(root) {
  const now = serverNow() ?? Date.now();
  for (const time of within(root, "time[data-since]")) {
    const words = ago(now - Date.parse(time.dataset.since));
    if (time.textContent !== words) time.textContent = words;
  }
}

/** Keep every `<time data-since>` current. */
export function startSince() {
  onArrive(refresh);
  setInterval(refresh, STEP, document.body);
}
