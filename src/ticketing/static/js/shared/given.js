/* Cash that is given, and what is handed back of it: shown before it is taken. */

import { price, typed } from "./money.js";

const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=given]"));
const out = /** @type {HTMLElement | null} */ (document.querySelector("[data-change]"));
const part = /** @type {HTMLElement | null} */ (document.querySelector("[data-given]"));
let due = Number(part?.dataset.due ?? 0);
let mark = part?.dataset.sign ?? "";

/** @param {number} total in fen @param {string} sign */
export function showChange(total, sign) {
  [due, mark] = [total, sign];
  if (!field || !out || !part) return;
  const by = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=by]:checked"));
  part.hidden = by !== null && by.value !== "counter";
  const given = typed(field.value);
  out.hidden = given === null;
  const [word, sum] = [out.querySelector("span"), out.querySelector("b")];
  if (given === null || !word || !sum) return;
  word.textContent = (given < due ? out.dataset.lack : out.dataset.change) ?? "";
  sum.textContent = price(Math.abs(given - due), mark);
}

field?.addEventListener("input", () => showChange(due, mark));
