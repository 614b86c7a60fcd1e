// Words and figures of the phase clock, without a page.

const NOTICES = [300, 120, 60]; // seconds left at which the clock speaks
const LATE = 5; // seconds: a notice later than this (the laptop slept) is not said

/** Seconds as m:ss, rounded, so that the display is right to half a second; past the end "2 min over". */
export function figures(seconds) {
  if (seconds <= -60) return `${Math.floor(-seconds / 60)} min over`;
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "11 minutes left in Key results", for the clock's label. */
export function label(seconds, phase) {
  const minutes = Math.ceil(Math.max(0, seconds) / 60);
  const where = phase ? ` in ${phase}` : "";
  if (seconds <= 0) return `Time is up${where}`;
  return minutes === 1 ? `Less than a minute left${where}` : `${minutes} minutes left${where}`;
}

/** The notice passed between two readings of the seconds left, in words, or null. */
export function notice(before, after) {
  const passed = NOTICES.find((mark) => before > mark && after <= mark && after > mark - LATE);
  if (!passed) return null;
  return passed === 60 ? "1 minute left" : `${passed / 60} minutes left`;
}

/** The share of a phase that has gone, in percent. */
export const gone = (seconds, minutes) => Math.min(100, Math.max(0, 100 - (100 * seconds) / (minutes * 60)));
