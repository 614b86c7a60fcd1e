// "Priya is writing", beside the field she is writing in.
import { onArrive, within } from "./arrive.js";

/** "Priya", "Priya and Jonas", "Priya and 2 others"; namesakes by their whole names. */
export function names(people) {
  const firstOf = ({ name }) => name.split(/\s+/)[0];
  const isShared = (one) => people.filter((other) => firstOf(other) === firstOf(one)).length > 1;
  const first = people.map((one) => (isShared(one) ? one.name : firstOf(one)));
  if (first.length <= 2) return first.join(" and ");
  return `${first[0]} and ${first.length - 1} others`;
}

/** First letters of the first and the last name. */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...word][0] ?? "").join("").toUpperCase();
}

function make(tag, className, ...content) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

function blade({ name, seat, coach }) {
  const side = ((seat ?? 1) - 1) % 12; // kit/parts.html draws the same
  const element = make("span", `blade blade--sm${coach ? " blade--coach" : ""}${side > 5 ? " blade--port" : ""}`, initials(name));
  element.dataset.seat = (side % 6) + 1;
  element.ariaHidden = "true";
  return element;
}

function oars() {
  const element = make("span", "oars", make("i", ""), make("i", ""), make("i", ""));
  element.ariaHidden = "true";
  return element;
}

function fill(pen, people) {
  const words = people.length ? `${names(people)} ${people.length > 1 ? "are" : "is"} writing` : "";
  if (pen.dataset.words === words) return;
  pen.dataset.words = words;
  pen.hidden = !people.length;
  pen.replaceChildren(...(people.length ? [blade(people[0]), words, oars()] : []));
}

/** Field → the other people writing in it; a person's second tab counts as themselves. */
export function writers(states, ownClient, me) {
  const found = new Map();
  for (const [client, { field, user }] of states) {
    if (client === ownClient || !field || !user?.name || user.id === me) continue;
    const people = found.get(field) ?? [];
    if (!people.some(({ id }) => id === user.id)) found.set(field, [...people, user]);
  }
  return found;
}

/** Show who writes where below `place`; returns a function that stops it. */
export function startPens(awareness, place = document.body) {
  function show(root) {
    const found = writers(awareness.getStates(), awareness.clientID, document.body.dataset.me);
    for (const pen of within(root, "[data-pen]")) fill(pen, found.get(pen.dataset.pen) ?? []);
    for (const box of within(root, "[data-field-box]"))
      box.classList.toggle("field--live", found.has(box.dataset.fieldBox));
  }
  awareness.on("change", () => show(place));
  return onArrive((root) => place.contains(root) && show(root));
}
