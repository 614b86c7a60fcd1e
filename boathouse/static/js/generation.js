// What became of a document whose generation is no longer the room's, from the socket's close.

const GONE = 4410;
const NO_MORE = 4404; // the room was deleted, while this browser was not connected

/** The words were erased on purpose: nothing of them may stay in this browser. */
export const wasErased = (code, reason) => code === NO_MORE || (code === GONE && /^erased\b/i.test(reason));

/** The room was set back to an earlier state: words of this browser may be missing there. */
export const wasRestored = (code, reason) => code === GONE && !wasErased(code, reason) && /\brestored\b/i.test(reason);
