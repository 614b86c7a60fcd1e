// Words that the document could not take are offered for copying, also after the page has moved on.

const KEY = "boathouse:kept";
let offers = []; // { reason, words }: what the banner shows

/** The words of the fields called `names` (all of them when it is empty), with their labels, as plain text. */
export function wordsOf(doc, names) {
  const wanted = names.size ? [...names] : [...doc.share.keys()];
  return wanted
    .map((name) => ({ name, words: doc.getText(name).toString().trim() }))
    .filter(({ words }) => words)
    .map(({ name, words }) => `${labelOf(name)}\n${words}`)
    .join("\n\n");
}

function labelOf(name) {
  const field = document.querySelector(`[data-field="${CSS.escape(name)}"]`);
  return field?.ariaLabel ?? field?.labels?.[0]?.textContent.trim() ?? field?.dataset.label ?? "Earlier words";
}

/** Show words with the reason why they are only here, below those that are offered already. */
export function offerWords(reason, words) {
  if (words && !offers.some((offer) => offer.words.includes(words))) offers.push({ reason, words });
  show();
}

/** Take back what was offered for `reason`: those words are in the document after all. */
export function withdrawWords(reason) {
  offers = offers.filter((offer) => offer.reason !== reason);
  show();
}

function show() {
  const banner = document.querySelector("[data-kept]");
  if (!banner) return;
  banner.querySelector("[data-kept-text]").textContent = offers.at(-1)?.reason ?? "";
  banner.querySelector("[data-kept-words]").textContent = offers.map(({ words }) => words).join("\n\n");
  banner.hidden = !offers.length;
}

const carried = () => [JSON.parse(sessionStorage.getItem(KEY)) ?? []].flat();

/** Keep words over the next page load of this tab, with those that are kept already. */
export function carryWords(reason, words) {
  if (words) sessionStorage.setItem(KEY, JSON.stringify([...carried(), { reason, words }]));
}

/** Offer what an earlier page carried over, until the person says they have it. */
export function startKept() {
  for (const { reason, words } of carried()) offerWords(reason, words);
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-kept-done]")) return;
    sessionStorage.removeItem(KEY);
    offers = [];
    show();
  });
}
