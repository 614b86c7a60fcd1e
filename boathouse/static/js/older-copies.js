// Copies of earlier generations of a room: the server says what became of them.
import * as Y from "yjs";
import { dropCopy, keepCopy, otherGenerations } from "./copy-here.js";
import { wasErased, wasRestored } from "./generation.js";
import { offerWords, wordsOf } from "./kept.js";

const RESTORED = "This room was set back to an earlier state. These are the words this browser still had.";

/** Resolves to how the server closes a socket of that generation. */
function verdict(room, generation) {
  const address = `${location.origin.replace(/^http/, "ws")}/rooms/${room}/doc?generation=${generation}`;
  const socket = new WebSocket(address);
  return new Promise((resolve) => {
    setTimeout(() => socket.close(), 5000);
    socket.onclose = resolve;
  });
}

async function offer(room, generation) {
  const doc = new Y.Doc();
  await keepCopy(doc, room, generation).loaded;
  offerWords(RESTORED, wordsOf(doc, new Set()));
  doc.destroy();
}

/** Delete what was erased; offer what a restore left behind, and keep it until the person has it. */
export async function settleOlderCopies(room, current) {
  for (const generation of await otherGenerations(room, current)) {
    const { code, reason } = await verdict(room, generation);
    if (wasErased(code, reason)) await dropCopy(room, generation);
    if (!wasRestored(code, reason)) continue;
    await offer(room, generation);
    const have = document.querySelector("[data-kept-done]");
    have?.addEventListener("click", () => dropCopy(room, generation), { once: true });
  }
}
