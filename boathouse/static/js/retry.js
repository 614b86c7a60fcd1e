// When to try a lost socket again.

/** Close codes 4400-4499 are final: the server has decided, and trying again changes nothing. */
export const isFinal = (code) => code >= 4400 && code < 4500;

/** The longest wait in ms after `failures` connections in a row that came to nothing. */
export const longestWait = (failures) => Math.min(2 ** failures * 100, 1500);

/** Full jitter, so that a thousand browsers do not come back in the same instant. */
export const fullJitter = (failures, random = Math.random) => random() * longestWait(failures);
