// A coach moved somebody: the page of the new room says so, since it opens by itself.
import { toast } from "./toast.js";

const KEY = "boathouse:moved";
const here = () => document.querySelector("[data-room]")?.dataset.label;

/** Remember over the next page load of this tab which room this was. */
export function noteMove() {
  if (here()) sessionStorage.setItem(KEY, here());
}

/** On the page of another room: tell where one is, and where the words are. */
export function tellMove() {
  const from = sessionStorage.getItem(KEY);
  if (!from || !here()) return;
  sessionStorage.removeItem(KEY);
  if (from !== here()) toast(`Your coach moved you from ${from} to ${here()}. What you wrote in ${from} is kept.`, { kind: "moved" });
}
