// Native dialogs and menus, opened and closed by attributes.

function open(selector) {
  const thing = document.querySelector(selector);
  if (thing instanceof HTMLDialogElement) {
    if (!thing.open) thing.showModal();
  } else if (thing instanceof HTMLDetailsElement) thing.open = !thing.open;
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}

function clicked(event) {
  const { target } = event;
  const menu = target.closest("details.menu");
  const chose = menu && target.closest("a, button") && !target.closest("summary");
  closeMenus(chose ? null : menu);
  if (chose) menu.querySelector("summary").focus(); // what was chosen is hidden now; a dialog gives the focus back here
  const opener = target.closest("[data-opens]");
  if (opener) open(opener.dataset.opens);
  if (target.closest("[data-closes]")) target.closest("dialog")?.close();
  if (target instanceof HTMLDialogElement && isBeside(target, event)) target.close();
}

/** True for a click on the backdrop: it lands on the dialog, outside its box. */
function isBeside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

function pressed(event) {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
  event.stopPropagation();
}

/** Let `data-opens`, `data-closes` and `details.menu` work. */
export function startDialogs() {
  document.addEventListener("click", clicked, true); // menus are closed before anything else happens
  // An iPhone tells of no click beside buttons and links.
  document.addEventListener("pointerdown", ({ target }) => closeMenus(target.closest("details.menu")), true);
  document.addEventListener("keydown", pressed, true);
}
