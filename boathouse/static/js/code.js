// The field for a workshop's spoken code: forgiving about case, spaces, dashes and whole links.

const LENGTH = 8;
const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"];

/** What was typed or pasted, as a code. */
export function cleanCode(typed) {
  const link = /\/join\/([^/?#\s]+)/i.exec(typed);
  return (link ? link[1] : typed).replace(/[\s–-]/g, "").toUpperCase();
}

/** A kind sentence about a code of the wrong length, or nothing. */
export function codeProblem(code) {
  if (code.length === 0 || code.length === LENGTH) return "";
  const missing = LENGTH - code.length;
  if (missing < 0) return "That is too long. The code has eight letters.";
  return `${NUMBERS[missing]} ${missing === 1 ? "letter is" : "letters are"} missing. The code has eight.`;
}

function typed({ target }) {
  if (!target.matches?.("input[data-code]")) return;
  const clean = cleanCode(target.value);
  if (clean !== target.value) {
    const caret = cleanCode(target.value.slice(0, target.selectionStart)).length;
    target.value = clean;
    target.setSelectionRange(caret, caret);
  }
  target.setCustomValidity(codeProblem(clean));
}

/** Help with every `input[data-code]`. */
export const startCode = () => document.addEventListener("input", (event) => event.isComposing || typed(event));
