// When the server takes no more words: what happens to those it has not got.
import { endPage } from "./ended.js";
import { wasErased, wasRestored } from "./generation.js";
import { carryWords, offerWords, withdrawWords, wordsOf } from "./kept.js";

const LOCKED = "The drafts are locked. These words had not been sent; they go out if the coach opens the drafts again.";
const MOVED = "You were moved before these words of yours were sent. They are here to copy.";
const ENDED = "These words of yours had not been sent.";

/** Follows locks and final closes of a document's socket. */
export class Refusals {
  locked = false; // the server closed the socket because the drafts are locked
  ended = false;

  constructor(provider, { doc, ledger, copy, onChange }) {
    Object.assign(this, { provider, doc, ledger, copy, onChange });
    provider.on("closed", ({ code, reason }) => this.#closed(code, reason));
  }

  /** True while fields take no words. */
  get closed() {
    return this.ended || this.locked || document.querySelector("#room-state")?.dataset.locked === "yes";
  }

  /** The region `room-state` may have changed: open again what was locked. */
  look() {
    const open = document.querySelector("#room-state")?.dataset.locked !== "yes";
    if (this.locked && open) {
      this.locked = false;
      withdrawWords(LOCKED);
      this.provider.connect();
    }
    if (this.seen !== this.closed) {
      this.seen = this.closed;
      this.onChange();
    }
  }

  #unsent() {
    if (!this.ledger || this.ledger.isSaved) return "";
    return wordsOf(this.doc, this.ledger.names);
  }

  #closed(code, reason) {
    if (code === 4423) this.#lock();
    else if (wasRestored(code, reason)) this.#startOver();
    else this.#end(code, reason);
    this.onChange();
  }

  #lock() {
    this.locked = true;
    offerWords(LOCKED, this.#unsent());
  }

  /** A restore made another document: the page is loaded again, and older-copies.js offers these words. */
  #startOver() {
    location.reload();
  }

  #end(code, reason) {
    this.ended = true;
    if (wasErased(code, reason)) this.copy?.drop();
    else if (code === 4409) carryWords(MOVED, this.#unsent());
    else offerWords(ENDED, this.#unsent());
    endPage(code, reason);
  }
}
