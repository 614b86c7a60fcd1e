// One form for comments; it opens under the field it is about and keeps what was begun.
import { announce } from "./announce.js";
import { onArrive } from "./arrive.js";
import htmx from "./htmx.js";

const begun = new Map(); // form address and target → words not sent yet
const sending = new WeakMap(); // request → what it sends, and for where
let sent = 0; // how many
let opener = null;
const picked = new Set(); // ready questions as they were put in

const form = () => document.querySelector("#composer");
const body = () => form().elements.body;
const key = () => `${form().getAttribute("hx-post")} ${form().elements.on.value}`;
const isOpen = () => Boolean(form() && !form().hidden);

function slotFor(on) {
  return document.querySelector(`[data-slot="${CSS.escape(on)}"]`) ?? document.querySelector("[data-composer-home]");
}

/** Where it is open, such as "key_result:ID:start"; null while it is closed. */
export const composerPlace = () => (isOpen() ? form().elements.on.value : null);

/** True while it holds a ready question exactly as it was picked. */
export const isPicked = () => isOpen() && picked.has(body().value);

/** True while nobody has typed into it. */
export const isPristine = () => isOpen() && (body().value === "" || isPicked());

/** Send what it holds; over once that was answered. The next keys are for the page, not for these words. */
export async function sendComposer() {
  const composer = form();
  const before = sent;
  const answer = new Promise((over) => composer.addEventListener("htmx:finally:request", over, { once: true }));
  composer.requestSubmit();
  if (sent === before) return; // nothing went out
  body().blur();
  await answer;
}

/** Open the composer on `on` ("key_result:ID:start", "objective:ID", "room"), called `label` in its heading. */
export function openComposer(on, label, { focus = true } = {}) {
  const composer = form();
  if (!composer) return;
  composer.elements.on.value = on;
  const about = composer.querySelector("[data-composer-about]");
  if (about) about.textContent = label;
  slotFor(on)?.append(composer);
  composer.hidden = false;
  body().value = begun.get(key()) ?? "";
  picked.clear();
  if (focus) body().focus();
  else bringUp(composer.closest("li, header") ?? composer);
  document.dispatchEvent(new CustomEvent("boathouse:composer", { detail: { on } }));
}

/** Scroll the drawer, and nothing else, so that the words it is about stand at its top. */
function bringUp(line) {
  const box = line.closest(".drawer__body");
  if (box) box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
}

/** Close it; what was typed waits for the next time it opens there. */
export function closeComposer() {
  if (!isOpen()) return false;
  form().hidden = true;
  document.querySelector("[data-composer-home]")?.append(form());
  if (opener?.isConnected) opener.focus();
  opener = null;
  return true;
}

/** Put a ready sentence into it, after what was typed; another one that was picked gives way. */
export function fillComposer(sentence) {
  if (!isOpen()) return;
  const area = body();
  const typed = isPristine() ? "" : `${area.value.trim()} `;
  area.value = typed + sentence;
  if (!typed) picked.add(area.value);
  area.focus();
  begun.set(key(), area.value);
}

function clicked({ target }) {
  const button = target.closest("[data-comment-on]");
  if (button) {
    opener = button.closest("details.menu")?.querySelector("summary") ?? button; // an item of a menu is hidden by now
    openComposer(button.dataset.commentOn, button.dataset.commentLabel ?? "this");
  }
  if (target.closest("[data-composer-close]")) closeComposer();
}

function sends({ detail: { ctx } }) {
  if (!form() || ctx.sourceElement !== form()) return;
  sending.set(ctx, { place: key(), words: body().value });
  sent += 1;
}

/** What was sent is gone from here; what was written meanwhile, here or at another place, is not. */
function answered({ detail: { ctx } }) {
  const { place, words } = sending.get(ctx) ?? {};
  if (!place || !ctx.response?.raw.ok) return;
  if (begun.get(place) === words) begun.delete(place);
  if (!form() || key() !== place || body().value !== words) return;
  body().value = "";
  closeComposer();
}

/** The field it stood under may be gone: the words go on in the composer's home. */
function rescue(composer) {
  const home = document.querySelector("[data-composer-home]");
  if (!home || composer.isConnected) return;
  home.append(composer);
  htmx.process(composer, true); // htmx let go of it when its slot went
  if (!composer.hidden) announce("What you were commenting on was removed. Your words are kept in the comment form.");
}

/** Let comment buttons and the composer work. */
export function startComposer() {
  let known = form();
  onArrive(() => {
    if (known && !form()) rescue(known);
    known = form() ?? known;
  });
  document.addEventListener("click", clicked);
  document.addEventListener("htmx:before:request", sends);
  document.addEventListener("htmx:after:request", answered);
  document.addEventListener("input", ({ target }) => {
    if (form() && target === body()) begun.set(key(), target.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && form().contains(event.target) && closeComposer()) event.preventDefault();
  });
}
