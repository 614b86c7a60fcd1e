// The server's clock as seen from here.
import { Offset } from "./offset.js";

const JUMP = 250; // ms between the two local clocks that mean sleep or a changed clock
const offset = new Offset();
const gap = () => Date.now() - performance.now();
let usual = gap();

/** Take in the answer to a heartbeat. */
export const learnTime = (sent, now) => offset.add(sent, now, Date.now());

/** True once after the machine slept or its clock was changed: ask the server for the time again. */
export function clockHasJumped() {
  const jumped = Math.abs(gap() - usual) > JUMP;
  usual = gap();
  if (jumped) offset.doubt();
  return jumped;
}

/** The server's time in ms, or null while it is unknown. */
export const serverNow = () => (offset.value === null ? null : Date.now() + offset.value);
