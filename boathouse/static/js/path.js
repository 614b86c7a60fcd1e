// Addresses that the server sends as text.

/** The address a close reason leads to, if it is a path of this site; else null. */
export function pathIn(reason, here = location.href) {
  if (!reason?.startsWith("/")) return null;
  const address = new URL(reason, here);
  return address.origin === new URL(here).origin ? address.pathname + address.search + address.hash : null;
}
