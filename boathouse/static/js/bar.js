// How tall the bar on top is right now: what sticks below it asks for `--bar`.

/** Keep `--bar` as tall as the bar, which wraps with large letters and long names. */
export function measureBar() {
  const bar = document.querySelector(".bar");
  const sizes = new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`));
  sizes.observe(bar);
}
