// A room's document and its line to the server.
import { readVarUint, readVarUint8Array } from "lib0/decoding";
import * as Y from "yjs";
import { WebsocketProvider } from "y-websocket";
import { countingSocket } from "./counting-socket.js";
import { fullJitter } from "./retry.js";

const STORED = 100; // our message: what the server has committed
const PATIENCE = 4; // seconds for an answer when there is reason to doubt the line
const origin = location.origin.replace(/^http/, "ws");

function readStored(ledger) {
  return (_encoder, decoder) => {
    const vector = Y.decodeStateVector(readVarUint8Array(decoder));
    ledger.acknowledge(vector, readVarUint(decoder));
  };
}

/** Every lost connection waits its own random time, instead of y-websocket's fixed steps. */
function jitter(provider) {
  provider.on("connection-close", () => {
    provider.maxBackoffTime = fullJitter(provider.wsUnsuccessfulReconnects + 1);
  });
}

/** Ask for a sign of life (the server echoes awareness) and start over if none comes. */
function probe(provider) {
  const asked = Date.now();
  provider.awareness.setLocalState(provider.awareness.getLocalState());
  setTimeout(() => {
    if (!provider.wsconnected || provider.wsLastMessageReceived >= asked) return;
    provider.disconnect();
    provider.connect();
  }, PATIENCE * 1000);
}

/** Connect `doc` to the room. With a `ledger` the server is asked to acknowledge what it stores. */
export function connect(doc, { room, generation, ledger }) {
  const params = { ...(ledger && { saved: "1" }), ...(generation && { generation }) };
  const provider = new WebsocketProvider(`${origin}/rooms/${room}`, "doc", doc, {
    connect: false,
    disableBc: true,
    params,
    WebSocketPolyfill: ledger ? countingSocket(doc, ledger) : WebSocket,
  });
  if (ledger) provider.messageHandlers[STORED] = readStored(ledger);
  jitter(provider);
  const doubt = () => document.hidden || probe(provider);
  document.addEventListener("visibilitychange", doubt);
  for (const change of ["online", "offline"]) addEventListener(change, doubt);
  doc.on("destroy", () => {
    document.removeEventListener("visibilitychange", doubt);
    for (const change of ["online", "offline"]) removeEventListener(change, doubt);
    provider.destroy();
  });
  provider.connect();
  return provider;
}
