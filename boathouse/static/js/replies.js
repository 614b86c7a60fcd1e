// Forms that are folded into a thread: opening one puts the caret into it, sending folds it away.
import { isShown } from "./visible.js";

function putCaretIn(folded) {
  const area = folded.querySelector("textarea");
  area?.focus();
  area?.setSelectionRange(area.value.length, area.value.length);
}

function opened({ target }) {
  if (target.matches?.("details.reply[open]")) putCaretIn(target);
}

/** Open the reply form of a thread with the caret in it; false where this person cannot reply. */
export function openReply(thread) {
  const folded = document.getElementById(`reply-${thread}`);
  if (!folded || !isShown(folded)) return false;
  folded.open = true;
  putCaretIn(folded);
  return true;
}

function sent({ detail: { ctx } }) {
  const form = ctx.sourceElement;
  if (!ctx.response?.raw.ok || !form.matches?.("form[data-folds-after]")) return;
  form.closest("details")?.removeAttribute("open");
}

function pressed(event) {
  if (event.key !== "Escape") return;
  const folded = event.target.closest?.("details.reply[open]");
  if (!folded) return;
  folded.open = false;
  folded.querySelector("summary").focus();
  event.stopPropagation();
}

/** Look after `details.reply`. */
export function startReplies() {
  document.addEventListener("toggle", opened, true); // toggle does not bubble
  document.addEventListener("htmx:after:request", sent);
  document.addEventListener("keydown", pressed, true);
}
