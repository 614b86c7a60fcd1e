// Carries a change made on an older text over the remote changes that came meanwhile.

const size = (op) => op.retain ?? op.delete ?? op.insert.length;

/** Where a place between characters lies after `delta` (Yjs ops); insertions at the place come behind it. */
export function carryPlace(delta, place) {
  let old = 0;
  let now = 0;
  for (const op of delta) {
    if (op.insert !== undefined) {
      if (place <= old) break;
      now += size(op);
      continue;
    }
    if (place <= old + size(op)) return now + (op.retain ? place - old : 0);
    old += size(op);
    if (op.retain) now += size(op);
  }
  return now + Math.max(0, place - old);
}

/** Where the character at `index` lies after `delta`, or -1 if it was deleted. */
export function carryCharacter(delta, index) {
  let old = 0;
  let now = 0;
  for (const op of delta) {
    if (op.insert !== undefined) {
      now += size(op);
      continue;
    }
    if (index < old + size(op)) return op.retain ? now + index - old : -1;
    old += size(op);
    if (op.retain) now += size(op);
  }
  return now + index - old;
}

/**
 * A change `{index, remove, insert}` of the old text as edits of the text after `deltas`:
 * deletions `{index, remove}` from the back to the front, then `{index, insert}`.
 * Characters that others typed inside the removed stretch stay.
 */
export function rebase(change, deltas) {
  const edits = [];
  for (let at = change.index + change.remove - 1; at >= change.index; at--) {
    const index = deltas.reduce((place, delta) => (place < 0 ? place : carryCharacter(delta, place)), at);
    if (index < 0) continue;
    const last = edits.at(-1);
    if (last && last.index === index + 1) Object.assign(last, { index, remove: last.remove + 1 });
    else edits.push({ index, remove: 1 });
  }
  if (change.insert) {
    const place = deltas.reduce((at, delta) => carryPlace(delta, at), change.index);
    edits.push({ index: place, insert: change.insert });
  }
  return edits;
}
