// Is there a line to the server? The banner, and the controls that wait for one.
import { onArrive, within } from "./arrive.js";

const BLINK = 2000; // ms without a line that nobody needs to hear about
const WHY = "This needs a connection. It works again when the line is back.";
const parts = new Map(); // name of a socket → is it up
const listeners = new Set();
const reasons = new Set(); // why the banner shows
let timer;

export const isUp = () => [...parts.values()].every(Boolean);

/** Call `listener()` whenever a line comes up or goes down. */
export const onLine = (listener) => listeners.add(listener);

/** Report a socket as up or down. */
export function setLine(part, up) {
  if (parts.get(part) === up) return;
  parts.set(part, up);
  refresh();
}

/** A socket that is no longer wanted says nothing about the line. */
export function forgetLine(part) {
  if (parts.delete(part)) refresh();
}

function refresh() {
  const up = isUp();
  document.body.dataset.live = up ? "on" : "off";
  allow(document.body);
  clearTimeout(timer);
  if (up) showBanner("line", false);
  else timer = setTimeout(showBanner, BLINK, "line", true);
  for (const listener of listeners) listener();
}

/** Show the banner for `why` (a name) or stop showing it for that. */
export function showBanner(why, shown) {
  if (shown) reasons.add(why);
  else reasons.delete(why);
  const visible = reasons.size > 0 && !document.body.dataset.ended;
  for (const banner of document.querySelectorAll("[data-offline]")) banner.hidden = !visible;
}

/** What the offline banner says after its title. */
export function explainOffline(title, sentence) {
  for (const [hook, words] of [["[data-offline-title]", title], ["[data-offline-text]", sentence]])
    for (const element of document.querySelectorAll(hook)) if (element.textContent !== words) element.textContent = words;
}

function explainControls() {
  if (document.querySelector("#needs-line")) return;
  const text = Object.assign(document.createElement("p"), { id: "needs-line", className: "vh", textContent: WHY });
  document.body.append(text);
}

function allow(root) {
  const up = isUp();
  if (!up) explainControls();
  for (const control of within(root, "[data-needs-line]")) {
    if (up ? !control.hasAttribute("data-waits") : control.disabled) continue;
    control.disabled = !up;
    control.toggleAttribute("data-waits", !up);
    if (up) {
      control.removeAttribute("title");
      control.removeAttribute("aria-describedby");
    } else {
      control.title = WHY;
      control.setAttribute("aria-describedby", "needs-line");
    }
  }
}

/** Hold back controls marked `data-needs-line` while there is no line. */
export const startLine = () => onArrive(allow);
