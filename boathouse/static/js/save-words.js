// The sentence about saving, never better than the truth.

const LATE = 10_000; // ms unsaved that deserve a clear word

const counted = (changes) => (changes === 1 ? "1 change" : `${changes} changes`);
const here = (keeps) => (keeps ? "kept here" : "in this tab only");

/** What the banner says while words have not reached the server. */
function banner({ up, changes, keeps }) {
  const title = up ? "Not saved yet." : "You are offline.";
  const one = changes === 1;
  const words = changes ? `Your ${counted(changes)} ${one ? "is" : "are"}` : "Your words are";
  const leave = `${one ? "goes" : "go"} out ${up ? "as soon as the server answers" : "when the line is back"}`;
  if (keeps) return { title, text: `Keep writing. ${words} on this device and ${leave}.` };
  return { title, text: `Keep this tab open. ${words} only here until the line is back.` };
}

/**
 * The state of saving in words: `{state, icon, text, banner}`; banner is null when there is nothing to say.
 * `up` line, `saved` by acknowledgement, `changes` unsaved, `keeps` a copy in the browser, `refused` locked, `ended` no more words,
 * `waiting` ms since the first unsaved change, `time` of the last save.
 */
export function saveWords({ up, saved, changes, keeps, refused, ended, waiting, time }) {
  if (ended) return { state: "ended", icon: "lock", text: "Closed", banner: null };
  if (refused) return { state: "offline", icon: "lock", text: `Locked, ${counted(changes)} ${here(keeps)}`, banner: null };
  if (!up) {
    const text = changes ? `Offline, ${counted(changes)} ${here(keeps)}` : "Offline, your words are kept here";
    return { state: "offline", icon: "cut", text, banner: banner({ up, changes, keeps }) };
  }
  if (saved) return { state: "saved", icon: "check", text: `Saved ${time}`, banner: null };
  if (waiting < LATE) return { state: "saving", icon: "clock", text: "Saving", banner: null };
  return { state: "late", icon: "warn", text: `Not saved yet, ${counted(changes)} ${here(keeps)}`, banner: banner({ up, changes, keeps }) };
}
