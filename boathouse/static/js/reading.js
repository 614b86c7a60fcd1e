// Words that follow the keystrokes of a room, for people who read along: the drawer and the stage.
import * as Y from "yjs";
import { onArrive, within } from "./arrive.js";
import { connect } from "./document.js";
import { startPens } from "./pens.js";

/** One room read along below `root`, until `stop`. */
class Reading {
  constructor(root) {
    const { reading: room, generation } = root.dataset;
    Object.assign(this, { root, room, generation, doc: new Y.Doc() });
    this.provider = connect(this.doc, { room, generation });
    // A reader holds no pen, but its presence is echoed, which keeps a quiet line from looking dead.
    this.provider.awareness.setLocalState({ field: null });
    this.provider.once("sync", () => {
      this.doc.on("afterTransaction", () => this.soon());
      this.synced = true;
      this.show(root);
    });
    this.stopPens = startPens(this.provider.awareness, root);
    this.stopLooking = onArrive((piece) => this.synced && root.contains(piece) && this.show(piece));
  }

  soon() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.show(this.root);
    });
  }

  show(piece) {
    for (const element of within(piece, "[data-text]")) {
      const words = this.doc.getText(element.dataset.text).toString();
      const shown = words.trim() ? words : element.dataset.empty ?? "";
      if (element.textContent !== shown) element.textContent = shown;
      element.classList.toggle("is-empty", !words.trim());
    }
  }

  stop() {
    this.stopPens();
    this.stopLooking();
    this.doc.destroy();
  }
}

/** Read along wherever the page has `[data-reading]`. */
export function startReading() {
  const open = new Map(); // element → Reading
  function close() {
    for (const [element, reading] of open) {
      const { reading: room, generation } = element.dataset;
      if (element.isConnected && room === reading.room && generation === reading.generation) continue;
      reading.stop();
      open.delete(element);
    }
  }
  document.addEventListener("htmx:after:swap", close); // an emptied drawer brings nothing that would arrive
  onArrive((root) => {
    close();
    for (const element of within(root, "[data-reading]"))
      if (element.dataset.reading && !open.has(element)) open.set(element, new Reading(element));
  });
}
