// What a person sees of a request: that it takes long, that it failed, and that nothing typed is lost.
import { takeBackRefusal, toast } from "./toast.js";

const SLOW = 1000; // ms
const OFFLINE = "That did not reach the server. What you typed is still here; try again in a moment.";
const BROKEN = "Something went wrong on our side. What you typed is still here; try again in a moment.";
const REFUSED = "That is not possible right now.";
const slow = new Map(); // what is under way → timer

/** Show a bar once `what` takes long, until `settled(what)`. */
export function isUnderWay(what) {
  slow.set(what, setTimeout(() => (document.documentElement.dataset.busy = "yes"), SLOW));
}

/** It is over, in whatever way. */
export function settled(what) {
  clearTimeout(slow.get(what));
  slow.delete(what);
  if (!slow.size) delete document.documentElement.dataset.busy;
}

function failed({ detail: { ctx } }) {
  if (ctx) toast(OFFLINE, { kind: "stop", by: ctx.sourceElement }); // without a request it is an error of the page itself
}

function refused({ detail: { ctx } }) {
  const { status } = ctx.response;
  const explained = ctx.hx?.trigger || status === 422;
  if (!explained) toast(status >= 500 ? BROKEN : REFUSED, { kind: "stop", by: ctx.sourceElement });
}

function answered({ detail: { ctx } }) {
  if (!ctx.response?.raw.ok) return;
  takeBackRefusal(ctx.sourceElement);
  const form = ctx.sourceElement.closest?.("form");
  if (form?.matches("[data-resets]")) form.reset();
  if (form?.matches("[data-closes-after]")) {
    form.closest("dialog")?.close();
    form.closest("details.menu")?.removeAttribute("open");
  }
}

/** Look after every htmx request of the page. */
export function startRequests() {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => isUnderWay(ctx));
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => settled(ctx));
  document.addEventListener("htmx:error", failed);
  document.addEventListener("htmx:response:error", refused);
  document.addEventListener("htmx:after:request", answered);
}
