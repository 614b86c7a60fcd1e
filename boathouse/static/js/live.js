// The sockets that bring regions: which pushes count, whether the line is alive, and how it ends.
import { endPage } from "./ended.js";
import htmx from "./htmx.js";
import { forgetLine, setLine } from "./line.js";
import { isFinal } from "./retry.js";
import { clockHasJumped, learnTime } from "./server-time.js";
import { isWanted } from "./versions.js";

const BEAT = 20_000; // ms between heartbeats
const SILENCE = 45_000; // ms without a word that mean the line is dead
const PATIENCE = 4_000; // ms for an answer when there is reason to doubt the line
const lines = new Map(); // hx-ws connection → { element, socket, versions, heard, asked }

const send = (line, message) =>
  line.socket.readyState === WebSocket.OPEN && line.socket.send(JSON.stringify(message));

function beat(line) {
  line.asked = performance.now();
  send(line, { t0: Date.now() });
}

function beatAll() {
  for (const line of lines.values()) beat(line);
}

/** Ask every line for a sign of life now, and give up those that stay silent. */
function probe() {
  for (const line of lines.values()) {
    beat(line);
    setTimeout(() => line.heard < line.asked && line.socket.close(), PATIENCE);
  }
}

function watch() {
  const now = performance.now();
  for (const line of lines.values()) {
    // A heartbeat must be out: a sleeping tab asks seldom and must not blame the line for it.
    if (line.heard < line.asked && now - line.heard > SILENCE) line.socket.close();
  }
  if (clockHasJumped()) probe();
}

function opened({ target, detail: { connection } }) {
  const { socket } = connection;
  const line = { element: target, socket, versions: new Map(), heard: performance.now(), asked: 0 };
  lines.set(connection, line);
  socket.addEventListener("close", ({ code, reason }) => {
    if (lines.get(connection) === line) lines.delete(connection);
    if (!target.isConnected) forgetLine(connection.url);
    else if (isFinal(code)) endPage(code, reason, target.closest("#drawer") ?? document);
  });
  setLine(connection.url, true);
  beat(line);
  target.dispatchEvent(new CustomEvent("boathouse:line", { bubbles: true }));
}

function closed({ detail: { connection, reason } }) {
  if (reason !== "closed") return forgetLine(connection.url);
  connection.fruitless = (connection.fruitless ?? -1) + 1;
  connection.attempt = connection.fruitless; // hx-ws would start over with every accepted connection
  setLine(connection.url, false);
}

function incoming(event) {
  const { connection, message } = event.detail;
  const line = lines.get(connection);
  if (!line) return;
  line.heard = performance.now();
  connection.fruitless = undefined;
  const push = JSON.parse(message.data);
  if ("t0" in push) return learnTime(push.t0, push.now);
  if (push.regions) swapAll(line, push.regions);
  else if (push.region && !wants(line, push)) event.preventDefault();
}

/** Whoever prevents the default of `boathouse:push` keeps it, and brings it later with swapLater. */
function wants(line, push) {
  const heard = new CustomEvent("boathouse:push", { bubbles: true, cancelable: true, detail: push });
  if (!push.late && !line.element.dispatchEvent(heard)) return false;
  return isWanted(line.versions, push, document.getElementById(push.region));
}

/** Many regions that came as one message; hx-ws itself swaps one a message. */
function swapAll(line, pushes) {
  for (const push of pushes) {
    const { target, swap, content } = push;
    if (wants(line, push)) htmx.swap({ sourceElement: line.element, target, swap, text: content, transition: false });
  }
}

/** Swap in pushes that somebody kept, those that are not outdated by now. */
export function swapLater(element, pushes) {
  for (const line of lines.values())
    if (line.element === element) swapAll(line, pushes.map((push) => ({ ...push, late: true })));
}

/** Send a message on the live socket whose address ends with `ending`. */
export function tell(ending, message) {
  for (const [connection, line] of lines) if (connection.url.endsWith(ending)) send(line, message);
}

/** Start looking after every `[hx-ws:connect]` of the page. */
export function startLive() {
  document.addEventListener("htmx:ws:after:connection", opened);
  document.addEventListener("htmx:ws:close", closed);
  document.addEventListener("htmx:ws:before:message:incoming", incoming);
  document.addEventListener("visibilitychange", () => document.hidden || probe());
  for (const change of ["online", "offline"]) addEventListener(change, probe);
  setInterval(beatAll, BEAT);
  setInterval(watch, 1000);
}
