// One room beside the wall.
import { announce } from "./announce.js";
import { afterFetching, prepare } from "./bank.js";
import htmx from "./htmx.js";
import { tell } from "./live.js";
import { openReply } from "./replies.js";

const drawer = () => document.querySelector("#drawer");
const room = () => drawer()?.querySelector("[data-drawer-room]")?.dataset.drawerRoom ?? null;
let wanted = null; // the room asked for last

export const openRoom = () => wanted;

/** Tile links the person can see, in the order of the page. */
export const tileLinks = () => [...document.querySelectorAll("[data-tile]:not([hidden], [data-gone]) a.tile")];

export const roomOf = (link) => link.closest("[data-tile]").dataset.tile;

function mark() {
  for (const link of document.querySelectorAll("a.tile")) {
    if (roomOf(link) === wanted) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  document.documentElement.dataset.drawer = wanted ? "open" : "closed";
  if (drawer()) drawer().hidden = !wanted;
}

const tellLooking = () => tell("/board/live", { looking: wanted });

/** Open the room of a tile link beside the wall. */
export async function openDrawer(link) {
  const held = document.activeElement;
  if (held?.matches("button") && !drawer().contains(held)) held.blur(); // Enter is for this room, not for "Next phase"
  wanted = roomOf(link);
  mark();
  tellLooking();
  link.scrollIntoView({ block: "nearest" });
  await htmx.ajax("GET", link.href, { source: drawer(), target: drawer(), swap: "innerHTML" });
  const name = drawer().querySelector("[data-drawer-room]")?.dataset.name;
  if (name && room() === wanted) announce(`${name} is open beside the wall`);
}

/** Close it; true if it was open. */
export function closeDrawer() {
  if (!wanted) return false;
  const link = tileLinks().find((one) => roomOf(one) === wanted);
  const hadFocus = drawer().contains(document.activeElement);
  wanted = null;
  mark();
  tellLooking();
  htmx.swap({ sourceElement: drawer(), target: drawer(), swap: "innerHTML swapEmpty:true", text: "" });
  if (hadFocus) link?.focus();
  return true;
}

/** The next (1) or previous (-1) room: opened when the drawer is open, else focused. */
export function step(by) {
  const links = tileLinks();
  if (!links.length) return;
  const here = links.findIndex((link) => (wanted ? roomOf(link) === wanted : link === document.activeElement));
  const next = links[(here + by + links.length + (here < 0 && by < 0 ? 1 : 0)) % links.length];
  if (wanted) openDrawer(next);
  else next.focus();
}

/** The next room the server hands us, one no other coach has, ready to answer its reply, or else with a comment
 * begun where it helps most. */
export const takeNext = () =>
  afterFetching(async () => {
    const next = document.querySelector(`#tile-${await handed()} a.tile`);
    if (!next) return announce("No room needs a human right now");
    await openDrawer(next);
    if (wanted !== roomOf(next)) return;
    const { reply } = document.querySelector("#drawer-head").dataset;
    if (!reply || !openReply(reply)) prepare();
  });

/** The next room's id; who only looks, or has no line, goes by the order the page knows. */
async function handed() {
  const after = wanted ?? "";
  try {
    const address = `${location.pathname.split("/board")[0]}/queue/next`;
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ after }) });
    if (answer.ok) return answer.status === 200 ? (await answer.json()).room : null;
  } catch {
    // The line is down: the banner says so.
  }
  const order = document.querySelector("[data-queue]")?.dataset.queue.split(" ") ?? [];
  return order[(order.indexOf(after) + 1) % order.length];
}

function clicked(event) {
  const { target } = event;
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  const link = target.closest("a.tile");
  if (link && plain && drawer()) {
    event.preventDefault();
    openDrawer(link);
  }
  if (target.closest("[data-drawer-close]")) closeDrawer();
  if (target.closest("[data-drawer-prev]")) step(-1);
  if (target.closest("[data-drawer-next]")) step(1);
  if (target.closest("[data-take-next]")) {
    event.preventDefault();
    takeNext();
  }
}

/** Let tiles open in the drawer and tell the other coaches who looks where. */
export function startDrawer() {
  drawer()?.setAttribute("hx-sync", "replace"); // of rooms opened in quick succession the last one counts
  wanted = room();
  mark();
  document.addEventListener("click", clicked);
  document.addEventListener("boathouse:line", tellLooking);
}
