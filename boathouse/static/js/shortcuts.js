// Buttons that do a small thing in the page itself: write a ready answer into a field.
// Printing unfolds what is folded, for the time it takes.

function fill({ fills, filling }) {
  const field = document.querySelector(`[data-field="${CSS.escape(fills)}"]`);
  if (!field || field.readOnly) return;
  field.focus();
  field.value = filling;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

let unfolded = [];

function unfold() {
  unfolded = [...document.querySelectorAll("details.thread--done:not([open]), details.flow:not([open])")];
  for (const each of unfolded) each.open = true;
}

function foldAgain() {
  for (const each of unfolded) each.open = false;
  unfolded = [];
}

/** Let `data-fills="<root name>" data-filling="words"` work, and print what is folded. */
export function startShortcuts() {
  document.addEventListener("click", ({ target }) => {
    const filler = target.closest("[data-fills]");
    if (filler) fill(filler.dataset);
  });
  addEventListener("beforeprint", unfold);
  addEventListener("afterprint", foldAgain);
}
