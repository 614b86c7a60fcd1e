// Stands in for lib0/logging, which draws coloured lines with a library of its own: 3 KB of every room's page
// for three warnings of Yjs.
export const print = (...words) => console.log(...words);
export const warn = (...words) => console.warn(...words);
export const BOLD = "";
export const UNBOLD = "";
export const ORANGE = "";
export const RED = "";
