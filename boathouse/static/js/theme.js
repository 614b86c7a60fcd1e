// Light or dark, before the first paint. Without a choice the system decides.

const KEY = "boathouse:theme";
const root = document.documentElement;
const chosen = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is refused: the system decides
  }
};

const kept = chosen();
if (kept) root.dataset.theme = kept;

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-theme-toggle]")) return;
  const dark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem(KEY, root.dataset.theme);
  } catch {
    // the choice lasts for this page
  }
});
