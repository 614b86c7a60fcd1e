// Words that the document could not take are offered for copying, also after the page has moved on.

const KEY = "boathouse:kept";

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
  const banner = document.querySelector("[data-kept]");
  if (!banner || !words) return;
  banner.querySelector("[data-kept-text]").textContent = reason;
  const list = banner.querySelector("[data-kept-words]");
  list.textContent = banner.hidden ? words : joined(list.textContent, words);
  banner.hidden = false;
}

/** Take the offer back: the words are in the document after all. */
export function withdrawWords() {
  const banner = document.querySelector("[data-kept]");
  if (banner) banner.hidden = true;
}

const joined = (before, words) => (before.includes(words) ? before : `${before}\n\n${words}`);

const carried = () => JSON.parse(sessionStorage.getItem(KEY));

/** Keep words over the next page load of this tab, with those that are kept already. */
export function carryWords(reason, words) {
  if (!words) return;
  const before = carried();
  sessionStorage.setItem(KEY, JSON.stringify({ reason, words: before ? joined(before.words, words) : words }));
}

/** Offer what an earlier page carried over, until the person says they have it. */
export function startKept() {
  const kept = carried();
  if (kept) offerWords(kept.reason, kept.words);
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-kept-done]")) return;
    sessionStorage.removeItem(KEY);
    withdrawWords();
  });
}
