// Binds an input or textarea to a Y.Text: many people, one field.
import * as Y from "yjs";
import { holdCaret, putCaret } from "./caret.js";
import { diff } from "./diff.js";
import { rebase } from "./rebase.js";

/** Bind `el` to `text`; returns a function that lets go of it. `onWrite()` is called after own edits. */
export function bindField(el, text, onWrite = () => {}) {
  const field = new Field(el, text, onWrite);
  field.attach();
  return () => field.detach();
}

class Field {
  constructor(el, text, onWrite) {
    Object.assign(this, { el, text, onWrite, doc: text.doc, origin: { field: el } });
    this.undo = new Y.UndoManager(text, { trackedOrigins: new Set([this.origin]) });
    this.composing = null; // while an input method composes: { base, deltas }
    this.listeners = {
      input: () => this.composing || this.push(),
      beforeinput: (event) => this.beforeInput(event),
      keydown: (event) => this.key(event),
      compositionstart: () => this.compose(),
      compositionend: () => this.composed(),
    };
  }

  attach() {
    for (const [event, listener] of Object.entries(this.listeners)) this.el.addEventListener(event, listener);
    this.hold = ({ origin }) => (this.held = origin === this.origin ? null : holdCaret(this.el, this.text));
    this.observe = (event, { origin }) => this.changed(event, origin);
    this.doc.on("beforeTransaction", this.hold);
    this.text.observe(this.observe);
    this.pull();
  }

  detach() {
    for (const [event, listener] of Object.entries(this.listeners)) this.el.removeEventListener(event, listener);
    this.doc.off("beforeTransaction", this.hold);
    this.text.unobserve(this.observe);
    this.undo.destroy();
  }

  /** The document has changed: show it, or hold it back while an input method composes. */
  changed(event, origin) {
    if (origin === this.origin) return;
    if (this.composing) return void this.composing.deltas.push(event.delta);
    this.pull();
    putCaret(this.el, this.text, this.held);
  }

  pull() {
    const words = this.text.toString();
    if (this.el.value === words) return;
    const { scrollTop } = this.el;
    this.el.value = words;
    this.el.scrollTop = scrollTop;
    this.el.dispatchEvent(new CustomEvent("boathouse:words", { bubbles: true }));
  }

  push() {
    const { index, remove, insert } = diff(this.text.toString(), this.el.value);
    this.edit([{ index, remove }, { index, insert }]);
  }

  edit(edits) {
    const real = edits.filter(({ remove, insert }) => remove || insert);
    if (!real.length) return;
    this.doc.transact(() => {
      for (const { index, remove, insert } of real) {
        if (remove) this.text.delete(index, remove);
        else this.text.insert(index, insert);
      }
    }, this.origin);
    this.el.dispatchEvent(new CustomEvent("boathouse:words", { bubbles: true }));
    this.onWrite();
  }

  compose() {
    this.composing = { base: this.el.value, deltas: [] };
  }

  composed() {
    if (!this.composing) return;
    const { base, deltas } = this.composing;
    this.composing = null;
    const edits = rebase(diff(base, this.el.value), deltas);
    this.edit(edits);
    if (!deltas.length) return; // the caret is where the input method left it
    this.pull();
    const typed = edits.find(({ insert }) => insert);
    if (typed && document.activeElement === this.el) {
      const caret = typed.index + typed.insert.length;
      this.el.setSelectionRange(caret, caret);
    }
  }

  /** The browser's own undo knows nothing of the others' words, so every way to it leads here. */
  beforeInput(event) {
    const step = { historyUndo: "undo", historyRedo: "redo" }[event.inputType];
    if (step) this.step(event, step);
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "z") this.step(event, event.shiftKey ? "redo" : "undo");
    else if (key === "y" && event.ctrlKey) this.step(event, "redo");
  }

  step(event, direction) {
    event.preventDefault();
    if (this.composing || this.el.readOnly) return;
    this.undo[direction]();
    this.onWrite();
  }
}
