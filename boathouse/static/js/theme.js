// Puts the chosen theme on the page before the first paint; the toggle lives in app.js.
const theme = localStorage.getItem("boathouse-theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
