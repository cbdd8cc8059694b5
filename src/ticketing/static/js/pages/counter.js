/* The counter, and seats that are kept: on the map and in the list, the total as they are picked. */

import { showChange } from "../shared/given.js";
import { price } from "../shared/money.js";
import { listen, paint, readSeats, seatOf } from "../seats/map.js";

/** @typedef {import("../seats/map.js").Seat} Seat */

/** @param {string} selector */
const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
/** @param {string} selector */
const choice = (selector) => /** @type {HTMLSelectElement | null} */ (document.querySelector(selector));

const form = /** @type {HTMLFormElement} */ (find("form[data-rows]"));
/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll("[data-cash]");
const expected = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=expected]"));
const list = find("[data-chosen]");
const seats = readSeats();
const sign = form.dataset.sign ?? "";
const most = Number(form.dataset.most);

const mine = () => [...seats.values()].filter((seat) => seat.state === "mine");
/** @param {Seat} seat */
const typeOf = (seat) => choice(`[name="type-${seat.id}"]`) ?? choice(`[data-type="${seat.section}"]`);
/** What a seat costs with its ticket type, in fen; nothing where none is to be chosen. @param {Seat} seat */
const cost = (seat) => Number(typeOf(seat)?.selectedOptions[0]?.dataset.price ?? 0);

/** @param {Seat} seat */
function toggle(seat) {
  if (seat.state === "mine") paint(seat, "free");
  else paint(seat, seat.state === "free" && mine().length < most ? "mine" : seat.state);
  render();
}

function render() {
  const chosen = mine();
  list.replaceChildren(...chosen.map(line));
  const total = chosen.reduce((sum, seat) => sum + cost(seat), 0);
  for (const sum of document.querySelectorAll("[data-total]")) sum.textContent = price(total, sign);
  find("[data-hint]").hidden = chosen.length > 0;
  if (expected) expected.value = String(total);
  for (const button of buttons) button.disabled = chosen.length === 0;
  showChange(total, sign);
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
  const usual = choice(`[data-type="${seat.section}"]`);
  if (usual && usual.options.length > 1) item.append(choice(`[name="type-${seat.id}"]`) ?? own(seat, usual));
  return item;
}

/** Let one seat have a ticket type of its own. @param {Seat} seat @param {HTMLSelectElement} usual */
function own(seat, usual) {
  const select = /** @type {HTMLSelectElement} */ (usual.cloneNode(true));
  select.name = `type-${seat.id}`;
  select.className = "select";
  select.removeAttribute("data-type");
  select.setAttribute("aria-label", `${list.dataset.label ?? ""}${seat.name}`);
  select.value = usual.value;
  return select;
}

/** The seats of a section follow it, and the server need not make them. @param {HTMLSelectElement} usual */
function follow(usual) {
  const section = usual.dataset.type ?? "";
  /** @type {HTMLInputElement} */ (find(`[name="usual-${section}"]`)).value = usual.value;
  for (const seat of mine()) {
    const select = choice(`[name="type-${seat.id}"]`);
    if (seat.section === section && select) select.value = usual.value;
  }
}

listen(seats, toggle);
find("svg.map").addEventListener("click", (event) => {
  const seat = seatOf(seats, event);
  if (seat) toggle(seat);
});
form.addEventListener("change", (event) => {
  const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
  const seat = seats.get(field.value);
  if (seat && field.name === "seats") return toggle(seat);
  if (field instanceof HTMLSelectElement && field.dataset.type) follow(field);
  const typed = field.name.startsWith("type-") ? field : null;
  render();
  typed?.focus();
});
render();
