// Keeps the caret of a field where it is among the words, whatever others type around it.
import * as Y from "yjs";

/** The selection of `el` as positions in `text`, or null when the person is elsewhere. */
export function holdCaret(el, text) {
  if (document.activeElement !== el || el.selectionStart === null) return null;
  const { selectionStart, selectionEnd, selectionDirection } = el;
  // A caret holds on to the character before it, so that words typed at the same place stay whole.
  const hold = (index, side) => Y.createRelativePositionFromTypeIndex(text, index, side);
  return {
    start: hold(selectionStart, selectionStart === selectionEnd ? -1 : 0),
    end: hold(selectionEnd, -1),
    direction: selectionDirection,
  };
}

/** Put back what `holdCaret` remembered. */
export function putCaret(el, text, held) {
  if (!held || document.activeElement !== el) return;
  const place = (position) => Y.createAbsolutePositionFromRelativePosition(position, text.doc)?.index ?? el.value.length;
  const end = place(held.end);
  el.setSelectionRange(Math.min(place(held.start), end), end, held.direction);
}
