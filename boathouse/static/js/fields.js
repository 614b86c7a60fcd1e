// Every text field of a room's page, bound to its words in the document.
import { onArrive, within } from "./arrive.js";
import { bindField } from "./field.js";

const SELECTOR = "[data-field]";

/** Binds fields as they come and go, and says which may be written in. */
export class Fields {
  #bound = new Map(); // element → { name, release }
  #ready = false;

  /** `onWrite(name)` is called after each own edit; `mayWrite()` says whether fields are open. */
  constructor(doc, { onWrite, mayWrite }) {
    Object.assign(this, { doc, onWrite, mayWrite });
    onArrive((root) => this.scan(root));
  }

  /** The document is loaded: until now the page showed what the server had rendered. */
  open() {
    this.#ready = true;
    this.scan(document.body);
  }

  /** True once the fields show the document. */
  get isOpen() {
    return this.#ready;
  }

  scan(root) {
    for (const [el, { name }] of this.#bound) if (!el.isConnected || el.dataset.field !== name) this.#release(el);
    for (const el of within(root, SELECTOR)) {
      if (this.#ready && !this.#bound.has(el)) this.#bind(el);
      el.readOnly = !this.#ready || !this.mayWrite();
    }
  }

  #bind(el) {
    const name = el.dataset.field;
    const release = bindField(el, this.doc.getText(name), () => this.onWrite(name));
    this.#bound.set(el, { name, release });
  }

  #release(el) {
    this.#bound.get(el).release();
    this.#bound.delete(el);
  }
}
