// What a push from the server must not undo: the state a person's browser gave to an element.

/** Attribute → the elements on which only the browser sets it. (Those of all elements: htmx-settings.js.) */
const OURS = {
  hidden: "[data-only], [data-tile]",
  "aria-current": "a.tile",
};

/** True when a morph must leave this attribute as it is. */
export const belongsToBrowser = (element, attribute) =>
  Object.hasOwn(OURS, attribute) && element.matches(OURS[attribute]);
