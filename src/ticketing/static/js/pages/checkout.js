/* The checkout page: the sum follows the ticket types, the time runs, one press orders once. */

import { ask } from "../shared/api.js";
import { countdown, spell } from "../shared/clock.js";
import { showLonger } from "../shared/renew_hold.js";
import { remember, restore } from "../shared/typed.js";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-until]"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("#pay"));
const whole = Number(page.dataset.minutes) * 60_000;
let renewals = Number(page.dataset.renewals);
let stop = () => {};

/** @param {number} left ms */
function tick(left) {
  for (const timer of document.querySelectorAll("[role=timer]")) timer.textContent = spell(left);
  const fuse = /** @type {HTMLElement} */ (document.querySelector(".fuse i"));
  fuse.style.width = `${Math.max(0, Math.min(100, (100 * left) / whole))}%`;
  showLonger(left, whole, renewals);
}

/** Take over the parts of the page that the server counts: the answer a browser without script gets. */
async function recount() {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  body.set("do", "recount");
  const response = await fetch(form.action, { method: "POST", body });
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const counted = answer.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
    if (counted) part.replaceChildren(...counted.childNodes);
  }
}

form.addEventListener("change", ({ target }) => {
  if (/** @type {HTMLElement} */ (target).matches("select")) void recount().catch(() => {}); // the server checks the sum
});

const name = `checkout:${page.dataset.hold}`;
remember(form, name);
if (restore(form, name)) void recount().catch(() => {});

let sent = false;
form.addEventListener("submit", (event) => {
  if (/** @type {HTMLButtonElement | null} */ (event.submitter)?.value === "renew") {
    event.preventDefault();
    void renew().catch(() => location.reload()); // the page says why not, and keeps what was typed
    return;
  }
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => (sent = false)); // back from the payment

/** @param {number} until */
function run(until) {
  stop();
  stop = countdown(until, tick, () => setTimeout(() => location.reload(), 1000));
}

async function renew() {
  const held = await ask("POST", `/api/holds/${page.dataset.hold}/renewals`);
  renewals = held.renewals_left;
  run(Date.parse(held.expires_at));
}

run(Number(page.dataset.until));
