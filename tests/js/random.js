// Randomness that a failing test can repeat.

/** A generator of numbers in [0, 1) from a seed. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const pick = (random, list) => list[Math.floor(random() * list.length)];

/** A short text of letters, emoji that share halves, combining and right-to-left characters. */
export function randomText(random, longest) {
  const length = Math.floor(random() * longest);
  return Array.from({ length }, () => pick(random, ["a", "b", " ", "é", "😀", "😁", "\u{1FA00}", "e\u0301", "ש"])).join("");
}
