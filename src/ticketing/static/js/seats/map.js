/* The seats: each is a place on the map and a box in the list of rows, always in the same state. */

import { t } from "../shared/i18n.js";

/** @typedef {"free" | "mine" | "sold" | "held" | "wanted"} State ``wanted``: chosen, and not held yet */
/** @typedef {{ id: string, place: SVGGElement, box: HTMLInputElement, name: string, number: string,
 *   section: string, row: Element, price: number, state: State }} Seat */

/** @param {string} selector @param {ParentNode} [root] */
export const all = (selector, root = document) =>
  /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);

const map = /** @type {SVGSVGElement} */ (document.querySelector("svg.map"));
/** @type {State[]} */ const STATES = ["free", "mine", "sold", "held"];
const words = (map.dataset.words ?? "").split(" "); // as the server says them, in the order of STATES

/** @returns {Map<string, Seat>} */
export function readSeats() {
  const boxes = /** @type {HTMLInputElement[]} */ (all("[data-rows] input[name=seats]"));
  return new Map(boxes.map((box) => [box.value, readSeat(box)]));
}

/** Return the ids of all seats as they are drawn: in the order of the plan. */
export const order = () => all("[data-seat]", map).map((place) => place.dataset.seat ?? "");

/** @param {HTMLInputElement} box @returns {Seat} */
function readSeat(box) {
  const place = /** @type {SVGGElement} */ (map.querySelector(`[data-seat="${box.value}"]`));
  const row = /** @type {HTMLElement} */ (box.closest("fieldset"));
  return {
    id: box.value, place, box, row,
    name: box.getAttribute("aria-label") ?? "", number: box.parentElement?.textContent?.trim() ?? "",
    section: row.dataset.section ?? "", price: Number(row.dataset.price),
    state: STATES.find((state) => place.classList.contains(state)) ?? "held",
  };
}

/** @param {Seat} seat @param {State} state */
export function paint(seat, state) {
  const chosen = state === "mine" || state === "wanted";
  if (seat.state === state && seat.box.checked === chosen) return;
  const open = chosen || state === "free";
  seat.place.classList.replace(seat.state, state);
  seat.place.setAttribute("aria-checked", state === "wanted" ? "mixed" : String(chosen));
  seat.place.setAttribute("aria-disabled", String(!open));
  seat.place.setAttribute("aria-label", reading(seat.place.getAttribute("aria-label") ?? "", state));
  seat.box.checked = chosen;
  seat.box.disabled = !open;
  seat.state = state;
}

/** Change the word for the state, the last but one. @param {string} label @param {State} state */
function reading(label, state) {
  const gap = label.includes("，") ? "，" : ", ";
  const parts = label.split(gap);
  parts.splice(-2, 1, words[STATES.indexOf(state)] ?? t("还没留住", "not held yet"));
  return parts.join(gap);
}

/**
 * One tab stop; the arrows go to the nearest seat in that direction, as it is seen on the screen.
 * @param {Map<string, Seat>} seats @param {(seat: Seat) => void} toggle
 */
export function listen(seats, toggle) {
  const first = [...seats.values()].find((seat) => seat.state === "free") ?? [...seats.values()][0];
  first?.place.setAttribute("tabindex", "0");
  map.addEventListener("keydown", (event) => {
    const seat = seatOf(seats, event);
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!seat || (!way && event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    if (way) go(seat, neighbour(seat, [...seats.values()], way));
    else toggle(seat);
  });
}

/** @param {Map<string, Seat>} seats @param {Event} event */
export function seatOf(seats, event) {
  const place = /** @type {Element} */ (event.target).closest(".place");
  return place ? seats.get(/** @type {SVGGElement} */ (place).dataset.seat ?? "") : undefined;
}

const REACH = 28; // px, how far beside a seat a finger may come down

/** The free seat nearest to a point of the screen. @param {Map<string, Seat>} seats @param {number} x @param {number} y */
export function seatAt(seats, x, y) {
  return nearest([...seats.values()], (seat) => {
    const { x: left, y: top } = middle(seat);
    const far = Math.hypot(left - x, top - y);
    return seat.state === "free" && far < REACH ? far : Infinity;
  });
}

/** @param {Seat} from @param {Seat | undefined} to */
function go(from, to) {
  if (!to) return;
  from.place.setAttribute("tabindex", "-1");
  to.place.setAttribute("tabindex", "0");
  to.place.focus();
}

/** @param {Seat} from @param {Seat[]} seats @param {number[]} way */
function neighbour(from, seats, [right = 0, down = 0]) {
  const here = middle(from);
  const far = (/** @type {Seat} */ seat) => {
    const there = middle(seat);
    const x = there.x - here.x;
    const y = there.y - here.y;
    const along = x * right + y * down;
    return along > 2 ? along + 3 * Math.abs(x * down + y * right) : Infinity; // 2: not beside
  };
  return nearest(seats, far);
}

/** The seat with the least `far`, none where all are infinitely far. @param {Seat[]} seats @param {(seat: Seat) => number} far */
export function nearest(seats, far) {
  const [first] = seats.map((seat) => ({ seat, far: far(seat) })).sort((a, b) => a.far - b.far);
  return first && first.far < Infinity ? first.seat : undefined;
}

/** @param {Seat} seat */
function middle(seat) {
  const box = seat.place.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
