/* Search as you type: the same page with another question. */

import { refresh } from "./live.js";

const PAUSE = 250; // ms without a key
const form = /** @type {HTMLFormElement} */ (document.querySelector("[role=search]"));
let waiting = 0;

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});

function look() {
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) wanted.set(name, String(value));
  const address = form.action + (wanted.size ? `?${wanted}` : "");
  history.replaceState(null, "", address);
  refresh(address);
}
