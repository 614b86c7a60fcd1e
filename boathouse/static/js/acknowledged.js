// What the server has stored of what this browser wrote.

const SYNC = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** The kind of a document message that the server counts: "whole" (sync-2), "update", or null. */
export function countedKind(bytes) {
  if (bytes[0] !== SYNC) return null;
  return bytes[1] === STEP_2 ? "whole" : bytes[1] === UPDATE ? "update" : null;
}

/** True when `stored` reaches every client of `needed` (both: client id → clock). */
export function covers(stored, needed) {
  return [...needed].every(([client, clock]) => (stored.get(client) ?? 0) >= clock);
}

/** Bookkeeping for one document over its successive sockets. */
export class Ledger {
  changes = 0; // runs of typing that are not stored yet
  unsavedSince = null; // ms, own clock
  names = new Set(); // fields those changes are in
  #run = { name: null, at: -Infinity };

  constructor({ onChange = () => {}, now = Date.now } = {}) {
    Object.assign(this, { onChange, now });
    this.opened();
  }

  /** A new socket: nothing sent, nothing stored, and the whole document still to be compared. */
  opened() {
    Object.assign(this, { sent: 0, stored: 0, whole: false, needed: new Map(), vector: new Map() });
  }

  /** A counted message left, while the local document stood at `needed`. */
  left(kind, needed) {
    this.sent++;
    this.whole ||= kind === "whole";
    this.needed = needed;
    this.onChange();
  }

  /** The server said: `count` messages of this socket and the state `vector` are stored. */
  acknowledge(vector, count) {
    Object.assign(this, { stored: count, vector });
    if (this.isSaved) {
      this.changes = 0;
      this.unsavedSince = null;
      this.names.clear();
      this.#run = { name: null, at: -Infinity };
    }
    this.onChange();
  }

  /** The person changed the field `name`. A pause or another field begins a new change. */
  wrote(name) {
    const now = this.now();
    const { name: before, at } = this.#run;
    if (before !== name || now - at > 1500 || !this.changes) this.changes++;
    this.#run = { name, at: now };
    this.names.add(name);
    this.unsavedSince ??= now;
    this.onChange();
  }

  /**
   * Saved: everything sent on this socket is stored, the whole document was compared on it, and what is
   * stored reaches all that stood here when the last message left, every client's words included.
   * (Later words of others are theirs to save; measured against those it would never come to rest.)
   */
  get isSaved() {
    return this.whole && this.stored === this.sent && covers(this.vector, this.needed);
  }
}
