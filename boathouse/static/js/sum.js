// The form for a new workshop says how many seats the rooms make.
import { onArrive, within } from "./arrive.js";

function count(form) {
  const of = (name) => form.querySelector(`[data-sum-${name}]`);
  const named = of("names").value.split("\n").filter((line) => line.trim()).length;
  if (named) of("rooms").value = named;
  of("rooms").readOnly = named > 0;
  const seats = Number(of("rooms").value) * Number(of("size").value);
  of("seats").textContent = Number.isFinite(seats) ? seats.toLocaleString(document.documentElement.lang) : "";
}

/** Keep the sum right while somebody types. */
export function startSum() {
  onArrive((root) =>
    within(root, "form[data-sum]").forEach((form) => {
      form.addEventListener("input", () => count(form));
      count(form);
    }),
  );
}
