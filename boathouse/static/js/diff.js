// The change between two texts, in UTF-16 units, never through the middle of a character.

const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;

/** The one change that turns `before` into `after`: `{index, remove, insert}`. */
export function diff(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && (isLow(before.charCodeAt(start)) || isLow(after.charCodeAt(start)))) start--;
  const rest = most - start;
  let end = 0;
  while (end < rest && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  if (end > 0 && (isLow(before.charCodeAt(before.length - end)) || isLow(after.charCodeAt(after.length - end)))) end--;
  return { index: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) };
}
