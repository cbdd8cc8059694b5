/* A sale that opens at a time: the server's countdown, then the page as it is from then on. */

import { countdown, spell } from "../shared/clock.js";

const CROWD = 1500; // ms over which those who waited come back
const KEPT = 1000; // ms for which a page may still be the old one

const timer = /** @type {HTMLElement} */ (document.querySelector("[data-opens]"));
countdown(
  Number(timer.dataset.opens),
  (left) => (timer.textContent = spell(left)),
  () => setTimeout(() => location.reload(), KEPT + Math.random() * CROWD),
);
