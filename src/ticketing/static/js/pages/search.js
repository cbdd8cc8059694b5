/* Search as you type: the same page with another question. What is chosen is in sight. */

import { refresh } from "../shared/live.js";

const PAUSE = 250; // ms without a key
const form = /** @type {HTMLFormElement} */ (document.querySelector("[role=search]"));
let waiting = 0;

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});

// a keyboard covers half of a phone: what is found stands between it and the field
form.querySelector("[type=search]")?.addEventListener("focus", () => {
  if (matchMedia("(max-width: 719px)").matches) form.scrollIntoView();
});

for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".band, .chips"))) {
  const on = /** @type {HTMLElement | null} */ (row.querySelector("[aria-current]"));
  if (on) row.scrollLeft += on.getBoundingClientRect().left - (row.clientWidth - on.offsetWidth) / 2;
}

function look() {
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) wanted.set(name, String(value));
  const address = form.action + (wanted.size ? `?${wanted}` : "");
  history.replaceState(null, "", address);
  refresh(address);
}
