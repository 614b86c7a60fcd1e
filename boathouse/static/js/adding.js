// What is added can be written at once: words typed before the server has made the item wait in a field of
// their own, and go into the real one when it arrives.
import { announce } from "./announce.js";
import { onArrive } from "./arrive.js";
import { carryWords, offerWords } from "./kept.js";
import { newId } from "./ids.js";
import { isUp, onLine } from "./line.js";

const UNREACHED = "This did not reach the server. Keep writing: your words wait here.";
const REFUSED = "This could not be added. Your words are only here.";
const CLOSED = "These words of yours were for something that had not been added.";
const FULL = "Somebody wrote there too, and both do not fit. These are your words.";
const PAUSE = 5000; // ms before what got lost is asked for again, also when the line seems to be up
const boxes = new Map(); // box that is open → { field: selector of what it waits for, cut: the request got lost }
const named = new Map(); // address → id of what is asked for there and has not been answered

const areaOf = (box) => box.querySelector("textarea");
const wordsOf = (box) => areaOf(box).value.trim();
const buttonOf = (box) => document.querySelector(`[data-adds="#${CSS.escape(box.id)}"]`);
const fieldsOf = (id) => `[data-field*=":${id}:"]`;
const placeOf = (id) => document.querySelector(fieldsOf(id));
const boxOf = (button) => document.querySelector(button.dataset.adds);

/** True while words wait for the server to make their place. */
export const someWait = () => [...boxes.keys()].some(wordsOf);

/** `button` has made something whose first field is `field`; true when a box waited for that. */
export function madeBy(button, field) {
  const box = button.dataset.adds && boxOf(button);
  if (!boxes.has(box)) return false;
  boxes.set(box, { field: `[data-field="${CSS.escape(field)}"]` });
  handOver(box);
  return true;
}

/** Put the words that wait into their fields, those that are there and take words by now. */
export const handOverAll = () => [...boxes.keys()].forEach(handOver);

function handOver(box) {
  if (!box.isConnected) return rescue(box);
  const { field: wanted } = boxes.get(box) ?? {};
  const field = wanted && document.querySelector(wanted);
  if (!field || field.readOnly || "composing" in box.dataset) return;
  const area = areaOf(box);
  const isThere = document.activeElement === area;
  const start = area.value ? putIn(field, area.value) : field.value.length;
  if (isThere) {
    const { selectionStart, selectionEnd } = area;
    field.focus(); // before the box goes, or a phone would fold its keyboard away
    field.setSelectionRange(start + selectionStart, start + selectionEnd);
    field.scrollIntoView({ block: "nearest" });
  }
  close(box);
}

/** Write behind what others wrote there meanwhile; returns where it begins. */
function putIn(field, words) {
  const before = field.value && `${field.value.trimEnd()} `;
  if (before.length + words.length > field.maxLength) {
    offerWords(FULL, words);
    return field.value.length;
  }
  field.value = before + words;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return before.length;
}

/** The box went with its place: what is in it can be copied. */
function rescue(box) {
  boxes.delete(box);
  offerWords(CLOSED, wordsOf(box));
}

function close(box) {
  boxes.delete(box);
  box.hidden = true;
  areaOf(box).value = "";
  say(box, "");
}

function say(box, words) {
  box.querySelector("[data-adding-says]").textContent = words;
  box.classList.toggle("adding--stuck", Boolean(words));
  if (words) announce(words);
}

/** What is added gets its name here: asked for once more because an answer got lost, it is made once. */
function name({ target }) {
  const button = target.closest("[data-adds]");
  const address = button?.getAttribute("hx-post");
  if (!address) return;
  if (!named.has(address) || placeOf(named.get(address))) named.set(address, newId());
  button.setAttribute("hx-vals", JSON.stringify({ id: named.get(address) }));
}

function answered({ detail: { ctx } }) {
  const isAnswer = ctx.response && ctx.response.status < 500; // a gateway answers for a server that may have done it
  if (isAnswer && ctx.sourceElement?.dataset?.adds) named.delete(ctx.sourceElement.getAttribute("hx-post"));
}

function opened(button) {
  const box = boxOf(button);
  if (!box) return;
  if (!boxes.has(box)) boxes.set(box, {});
  const { field, cut } = boxes.get(box);
  if (cut || !field) say(box, ""); // it is asked for again, or for the first time
  box.hidden = false;
  areaOf(box).focus();
}

function clicked({ target }) {
  const button = target.closest("[data-adds]");
  if (button) return opened(button);
  const box = target.closest(".adding");
  if (box && target.closest("[data-adding-again]")) buttonOf(box)?.click();
  if (box && target.closest("[data-adding-done]")) {
    close(box);
    buttonOf(box)?.focus();
  }
}

/** Why the server refused, in its own words. */
function reasonOf(ctx) {
  if (ctx.response.status >= 500 || !ctx.hx?.trigger) return REFUSED;
  return `${JSON.parse(ctx.hx.trigger).toast.text} Your words are only here.`;
}

function failed({ detail: { ctx } }) {
  const button = ctx?.sourceElement;
  const box = button?.dataset?.adds && boxOf(button);
  if (!boxes.has(box)) return;
  if (wordsOf(box)) {
    const id = named.get(button.getAttribute("hx-post"));
    boxes.set(box, ctx.response ? {} : { cut: true, field: fieldsOf(id) }); // it may have been made
    handOver(box);
    if (!boxes.has(box)) return;
    if (!ctx.response) setTimeout(askAgain, PAUSE);
    return say(box, ctx.response ? reasonOf(ctx) : UNREACHED);
  }
  const isThere = document.activeElement === areaOf(box);
  close(box); // the toast says why
  if (isThere) buttonOf(box)?.focus();
}

/** What got lost on the way is asked for again, once there is a line. */
function askAgain() {
  if (!isUp()) return;
  const held = document.activeElement;
  for (const [box, { cut, field }] of boxes) if (cut && !document.querySelector(field)) buttonOf(box)?.click();
  if (held?.isConnected) held.focus();
}

function composing({ type, target }) {
  const box = target.closest?.(".adding");
  if (!box) return;
  if (type === "compositionstart") box.dataset.composing = "";
  else setTimeout(() => { // the last letter of an input method comes behind its end
    delete box.dataset.composing;
    if (boxes.has(box)) handOver(box);
  });
}

/** Let `<button data-adds="#box">` open the field of what it adds. */
export function startAdding() {
  document.addEventListener("click", name, { capture: true }); // before htmx asks
  document.addEventListener("click", clicked);
  document.addEventListener("htmx:after:request", answered);
  for (const event of ["htmx:response:error", "htmx:error"]) document.addEventListener(event, failed);
  for (const event of ["compositionstart", "compositionend"]) document.addEventListener(event, composing);
  onArrive(handOverAll);
  onLine(askAgain);
  addEventListener("pagehide", () => [...boxes.keys()].forEach((box) => carryWords(CLOSED, wordsOf(box))));
}
