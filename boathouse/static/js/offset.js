// How far this machine's clock is from the server's.

const KEPT = 8;

/** Estimates the offset from heartbeats; the quickest answer is the most exact one. */
export class Offset {
  samples = [];

  /** One heartbeat: sent at `sent`, answered with the server's `now`, received at `received` (ms). */
  add(sent, now, received) {
    const sample = { took: received - sent, offset: now - (sent + received) / 2 };
    this.samples = [...(this.stale ? [] : this.samples), sample].slice(-KEPT);
    this.stale = false;
  }

  /** The local clock has jumped: the next answer replaces all earlier ones. */
  doubt() {
    this.stale = true;
  }

  /** Server time minus local time in ms, or null before the first answer. */
  get value() {
    if (!this.samples.length) return null;
    return this.samples.reduce((best, one) => (one.took < best.took ? one : best)).offset;
  }
}
