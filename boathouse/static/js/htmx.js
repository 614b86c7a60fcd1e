// htmx as this app uses it: set up, with its socket extension and our rules for morphing.
import { reconnectCodes } from "./htmx-settings.js";
import htmx from "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-ws.js";
import { belongsToBrowser } from "./keep.js";

htmx.config.ws.reconnectCodes = reconnectCodes;

function refuse() {
  throw new Error("Code in attributes is switched off.");
}

htmx.registerExtension("boathouse", {
  init: (api) => api.initSecurity(null, refuse, refuse),
  htmx_before_morph_attr: (element, { attrName }) => !belongsToBrowser(element, attrName),
});

export default htmx;
