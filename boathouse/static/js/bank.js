// Ready questions under the composer: fetched for its place, picked by a key or a click, sent by Enter.
import { composerPlace, fillComposer, isPicked, isPristine, openComposer, sendComposer } from "./composer.js";
import htmx from "./htmx.js";

const COACHES = ["owner", "facilitator"];
const place = () => document.querySelector("[data-bank-place]");
const offer = () => place()?.querySelector("[data-bank-on]");
const mayPick = () => Boolean(place()) && COACHES.includes(document.body.dataset.standing);
let queue = Promise.resolve();
let waiting = 0;

/** Do `act()` once everything asked for before has arrived: fast fingers need not wait for the line. */
export function afterFetching(act) {
  waiting += 1;
  queue = queue.then(act).catch(console.warn).finally(() => (waiting -= 1)); // what failed has said so itself
  return queue;
}

export const isFetching = () => waiting > 0;

async function fetchOffer(on) {
  const target = place();
  target.replaceChildren();
  await htmx.ajax("GET", `${target.dataset.bankPlace}?on=${encodeURIComponent(on)}`, { source: target, target, swap: "innerHTML" });
}

/** The composer was opened: what stands there is for this place, fetched for it unless it just came. */
function opened({ detail: { on } }) {
  if (!mayPick()) return;
  const fresh = offer();
  const isNew = fresh?.dataset.bankOn === on && !("bankSeen" in fresh.dataset);
  if (isNew) fresh.dataset.bankSeen = "";
  else afterFetching(() => composerPlace() === on && fetchOffer(on));
}

/** Open the composer where the room's worst finding is, without taking the focus, unless it is open already. */
export function prepare() {
  const { bankOn, bankLabel } = offer()?.dataset ?? {};
  if (!mayPick() || composerPlace() || !bankOn || bankOn === "room") return;
  openComposer(bankOn, bankLabel, { focus: false });
}

function take(ready) {
  fillComposer(ready.dataset.bank);
  const reason = place().querySelector("[data-bank-reason]");
  if (reason) reason.textContent = ready.dataset.bankWhy ?? "";
}

/** Put the question with this number into the composer, which opens at the worst finding if it was closed. */
export const pick = (number) =>
  afterFetching(async () => {
    if (!mayPick()) return;
    if (!composerPlace()) {
      await fetchOffer("");
      const { bankOn, bankLabel } = offer()?.dataset ?? {};
      if (bankOn) openComposer(bankOn, bankLabel);
    }
    const ready = place().querySelectorAll("[data-bank]")[number - 1];
    if (ready) take(ready);
  });

/** Send what was picked, as soon as it is there. */
export const sendPicked = () => afterFetching(() => isPicked() && sendComposer());

function pressed(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
  if (target.id !== "composer-body" || !mayPick()) return;
  if (/^[1-9]$/.test(key) && isPristine()) pick(Number(key));
  else if (key === "Enter" && (isPicked() || isFetching())) sendPicked();
  else return;
  event.preventDefault();
}

/** Let the bank follow the composer, and its questions be picked. */
export function startBank() {
  document.addEventListener("boathouse:composer", opened);
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", ({ target }) => {
    const ready = target.closest("[data-bank]");
    if (ready) take(ready);
  });
}
