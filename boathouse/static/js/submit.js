// Ctrl or Cmd with Enter sends the form one is writing in.

function pressed(event) {
  const { target, key, ctrlKey, metaKey, isComposing } = event;
  if (key !== "Enter" || !(ctrlKey || metaKey) || isComposing) return;
  if (!target.matches?.("textarea[name=body]")) return;
  event.preventDefault();
  target.form?.requestSubmit();
}

/** Let Ctrl/Cmd+Enter send comments, replies and broadcasts. */
export const startSubmit = () => document.addEventListener("keydown", pressed);
