// What a drag takes along, and how many units are ticked, in words.

/** The ids that move: all that are ticked if the dragged one is among them, else it alone. */
export const moved = (id, ticked) => (ticked.includes(id) ? ticked : [id]);

/** "3 units ticked". */
export const saysHowMany = (n) => (n === 0 ? "Nothing ticked" : n === 1 ? "1 unit ticked" : `${n} units ticked`);
