// Names for what this browser makes, in the server's own letters (core/ids.py).
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Twelve letters, 60 random bits. */
export const newId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => ALPHABET[byte % 32]).join("");
