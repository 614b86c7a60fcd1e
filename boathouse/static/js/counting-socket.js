// A WebSocket that keeps the ledger of a document.
import * as Y from "yjs";
import { countedKind } from "./acknowledged.js";

const vectorOf = (doc) => Y.decodeStateVector(Y.encodeStateVector(doc));

/** The socket class for a provider of `doc`: tells `ledger` what is sent. */
export function countingSocket(doc, ledger) {
  return class extends WebSocket {
    constructor(...where) {
      super(...where);
      ledger.opened();
    }

    send(bytes) {
      super.send(bytes);
      const kind = countedKind(bytes);
      if (kind) ledger.left(kind, vectorOf(doc));
    }
  };
}
