// A file that takes the server a while is fetched by the page, which so can say that it is being made.
import { announce } from "./announce.js";
import { isUnderWay, settled } from "./requests.js";
import { takeBackRefusal, toast } from "./toast.js";

const BROKEN = "The file could not be made. Try again in a moment.";
const HELD = 60_000; // ms for which the browser may still read what it saves

function nameOf(response) {
  const own = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  return own ? decodeURIComponent(own[1]) : "";
}

async function save(response) {
  const url = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement("a"), { href: url, download: nameOf(response) }).click();
  setTimeout(() => URL.revokeObjectURL(url), HELD);
}

async function make(link) {
  isUnderWay(link);
  link.ariaBusy = "true";
  announce(`Making ${link.dataset.makes}.`);
  try {
    const response = await fetch(link.href);
    if (response.redirected) return location.assign(response.url); // signed out meanwhile
    if (!response.ok) throw new Error(`${response.status}`);
    await save(response);
    takeBackRefusal(link);
    announce(`${link.dataset.makes} is there.`);
  } catch {
    toast(BROKEN, { kind: "stop", by: link });
  } finally {
    settled(link);
    link.ariaBusy = null;
  }
}

function clicked(event) {
  const link = event.target.closest("a[data-makes]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!link.ariaBusy) make(link);
}

/** Watch over `<a data-makes="the PDF" download>`. */
export const startDownloads = () => document.addEventListener("click", clicked);
