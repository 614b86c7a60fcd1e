// Which pushes of a region count.

/** True when the push should be swapped in: it has a place on this page and is not older than what is there. */
export function isWanted(versions, push, isHere) {
  if (!isHere || push.version < (versions.get(push.region) ?? -Infinity)) return false;
  versions.set(push.region, push.version);
  return true;
}
