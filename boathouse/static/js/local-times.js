// Times in the reader's own zone, in the English they read elsewhere; the server knows only UTC.
import { onArrive, within } from "./arrive.js";

const STYLES = {
  time: { hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  "": { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
};
const english = navigator.languages.find((language) => language.startsWith("en-")) ?? "en-GB";
const two = (number) => String(number).padStart(2, "0");

function say(time) {
  const moment = new Date(time.dateTime);
  const words = moment.toLocaleString(english, STYLES[time.dataset.local] ?? STYLES[""]);
  if (time.textContent !== words) time.textContent = words;
}

/** Fields of a form: the day and the time of a moment, here. */
function fill(field) {
  const moment = new Date(field.dataset.localDate ?? field.dataset.localTime);
  field.defaultValue = field.dataset.localDate
    ? `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
    : `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** Say how far this zone is from UTC on the day that was chosen: summer time may lie between. */
function tellOffset({ target }) {
  const offset = target.form?.querySelector("[data-offset]");
  if (!offset) return;
  const [day, start] = ["day", "start"].map((name) => target.form.elements[name]?.value);
  const moment = new Date(`${day || "2000-01-01"}T${start || "09:00"}`);
  if (!Number.isNaN(moment.getTime())) offset.value = moment.getTimezoneOffset();
}

/** Show `<time data-local>` and fill dates in forms as people here write them. */
export function startLocalTimes() {
  onArrive((root) => {
    within(root, "time[data-local]").forEach(say);
    within(root, "[data-local-date], [data-local-time]").forEach(fill);
    within(root, "[data-offset]").forEach((target) => tellOffset({ target }));
    within(root, "[data-time-zone]").forEach((field) => {
      field.value = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    });
  });
  document.addEventListener("input", tellOffset);
}
