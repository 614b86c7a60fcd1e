// What axe finds wrong on the page, as lines. Judging colours is nearly all the work it has: where the same part
// stands fifty times, in the same colours on the same ground, they are judged at the first. All else is looked at
// wherever it stands.
async ([within, colours, everything]) => {
  const DRAWN = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow",
    "fontSize", "fontWeight", "textDecorationLine", "display", "visibility", "position", "zIndex"];

  /** What has words or is a link, but for parts drawn as one before them is: itself, what it holds and is in. */
  function unlike(top) {
    const numbers = new Map(), looks = new Map(), shapes = new Map(), seen = new Set(), found = [];
    const speaks = (it) => it.matches("a, input, select, textarea") ||
      [...it.childNodes].some(({nodeType, data}) => nodeType === Node.TEXT_NODE && data.trim());
    const number = (...parts) => {
      const key = parts.join("|");
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      return numbers.get(key);
    };
    const measure = (it) => {
      const style = getComputedStyle(it), off = it.disabled || it.control?.disabled || it.ariaDisabled;
      const own = [it.tagName, it.getAttribute("class"), off, speaks(it), it.placeholder && !it.value];
      looks.set(it, number("looks", ...own, ...DRAWN.map((name) => style[name])));
      shapes.set(it, number("shape", looks.get(it), ...[...it.children].map(measure)));
      return shapes.get(it);
    };
    const sort = (it, place) => {
      const key = number("at", place, shapes.get(it));
      if (seen.has(key)) return;
      seen.add(key);
      if (speaks(it)) found.push(it);
      for (const child of it.children) sort(child, number("in", place, looks.get(it)));
    };
    measure(top);
    sort(top, 0);
    return found;
  }

  const top = within ? document.querySelector(within) : document.body, options = {resultTypes: ["violations"]};
  const words = unlike(top);
  const found = words.length ? (await axe.run(words, {...options, runOnly: colours})).violations : [];
  if (everything) {
    const rules = Object.fromEntries(colours.map((name) => [name, {enabled: false}]));
    found.push(...(await axe.run(within || document, {...options, rules})).violations);
  }
  const serious = found.filter(({impact}) => ["serious", "critical"].includes(impact));
  return serious.flatMap(({id, nodes}) => nodes.slice(0, 3).map(({html, failureSummary}) =>
    `${id}: ${html.slice(0, 140)} ${failureSummary}`));
}
