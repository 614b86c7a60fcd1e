// Buttons that do a small thing in the page itself: write a ready answer into a field, print.

function fill({ fills, filling }) {
  const field = document.querySelector(`[data-field="${CSS.escape(fills)}"]`);
  if (!field || field.readOnly) return;
  field.focus();
  field.value = filling;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Let `data-fills="<root name>" data-filling="words"` and `data-prints` work. */
export function startShortcuts() {
  document.addEventListener("click", ({ target }) => {
    const filler = target.closest("[data-fills]");
    if (filler) fill(filler.dataset);
    if (target.closest("[data-prints]")) print();
  });
}
