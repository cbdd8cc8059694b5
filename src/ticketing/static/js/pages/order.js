/* The order's page: waits for the payment to arrive, and lets this device remember the link. */

import { ask } from "../shared/api.js";
import { countdown, spell } from "../shared/clock.js";
import { remember } from "../shared/remembered.js";
import "./ticket.js";

const EVERY = 3000; // ms
const page = /** @type {HTMLElement} */ (document.querySelector("[data-order]"));
const { order: secret = "", standing, title = "" } = page.dataset;

/** The payment may arrive while this page waits, or in another window. */
async function look() {
  const order = document.hidden ? null : await ask("GET", `/api/orders/${secret}`).catch(() => null);
  if (order && order.status !== "awaiting_payment") location.reload();
  else setTimeout(look, EVERY);
}

const clock = /** @type {HTMLElement | null} */ (page.querySelector("[data-until]"));
if (clock) {
  const timer = /** @type {HTMLElement} */ (clock.querySelector("[role=timer]"));
  countdown(Number(clock.dataset.until), (left) => (timer.textContent = spell(left)), () => setTimeout(() => location.reload(), 1000));
  setTimeout(look, EVERY);
}
else if (standing === "reserved") setTimeout(look, EVERY);
if (standing === "paid" || standing === "reserved") remember({ secret, title });
page.querySelector("[data-print]")?.addEventListener("click", () => print());
