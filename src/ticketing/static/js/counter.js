/* The counter, and seats that are kept: on the map and in the list, the total as they are picked. */

import { price } from "./money.js";
import { listen, paint, readSeats, seatOf } from "./seats/map.js";

/** @typedef {import("./seats/map.js").Seat} Seat */

/** @param {string} selector */
const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

const form = /** @type {HTMLFormElement} */ (find("form[data-rows]"));
/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll("[data-cash]");
const expected = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=expected]"));
const seats = readSeats();
const sign = form.dataset.sign ?? "";
const most = Number(form.dataset.most);

const mine = () => [...seats.values()].filter((seat) => seat.state === "mine");

/** What a seat costs with the ticket type of its section, in fen; nothing where none is to be chosen.
 * @param {Seat} seat */
function cost(seat) {
  const type = /** @type {HTMLSelectElement | null} */ (
    document.querySelector(`[data-type="${seat.section}"]`)
  );
  return Number(type?.selectedOptions[0]?.dataset.price ?? 0);
}

/** @param {Seat} seat */
function toggle(seat) {
  if (seat.state === "mine") paint(seat, "free");
  else paint(seat, seat.state === "free" && mine().length < most ? "mine" : seat.state);
  render();
}

function render() {
  const chosen = mine();
  const total = chosen.reduce((sum, seat) => sum + cost(seat), 0);
  find("[data-chosen]").replaceChildren(...chosen.map(line));
  for (const sum of document.querySelectorAll("[data-total]")) sum.textContent = price(total, sign);
  find("[data-hint]").hidden = chosen.length > 0;
  if (expected) expected.value = String(total);
  for (const button of buttons) button.disabled = chosen.length === 0;
}

/** @param {Seat} seat */
function line(seat) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = seat.name;
  item.append(name);
  if (!expected) return item;
  const sum = document.createElement("span");
  sum.textContent = price(cost(seat), sign);
  sum.className = "r";
  item.append(sum);
  return item;
}

listen(seats, toggle);
find("svg.map").addEventListener("click", (event) => {
  const seat = seatOf(seats, event);
  if (seat) toggle(seat);
});
form.addEventListener("change", (event) => {
  const seat = seats.get(/** @type {HTMLInputElement} */ (event.target).value);
  if (seat) toggle(seat);
  else render();
});
render();
