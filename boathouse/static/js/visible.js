// Is something shown, or hidden by itself or by what is around it?

/** True when `element` is shown; Safari before 17.4 can only say whether it has a box. */
export const isShown = (element) => element.checkVisibility?.() ?? element.getClientRects().length > 0;
