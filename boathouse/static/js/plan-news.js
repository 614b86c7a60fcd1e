// A line says that somebody has changed the plan, unless what this page shows is newer than that.

/** Whether a change at `changedAt` came after what was read at `shownAt`; both in server milliseconds. */
export const isNews = (changedAt, shownAt) => Number(changedAt) > Number(shownAt);

function judge() {
  const line = document.querySelector("#plan-news [data-changed-at]");
  const shown = document.querySelector("[data-shown-at]");
  if (line && shown) line.hidden = !isNews(line.dataset.changedAt, shown.dataset.shownAt);
}

/** Watches the region and the plan: either may be swapped. */
export function watchNews() {
  if (!document.getElementById("plan-news")) return;
  new MutationObserver(judge).observe(document.getElementById("main"), { childList: true, subtree: true, attributeFilter: ["data-changed-at", "data-shown-at"] });
  judge();
}
