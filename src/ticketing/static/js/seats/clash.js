/* Somebody was quicker: which free seats are as good. */

import { nearest } from "./map.js";

/** @typedef {import("./map.js").Seat} Seat */

/**
 * For each lost seat the nearest free one, of the same tier if there is one, else any; each once.
 * @param {Seat[]} seats @param {Seat[]} lost @returns {Seat[]}
 */
export function instead(seats, lost) {
  /** @type {Seat[]} */ const found = [];
  for (const gone of lost) {
    const seat = nearest(seats, (other) => found.includes(other) ? Infinity : cost(other, gone, seats));
    if (seat) found.push(seat);
  }
  return found;
}

const OTHER_TIER = 1e6; // units of the map, more than any room is long
const OTHER_ROW = 1e4;
const ALONE = 60; // a metre farther is as bad as not beside one's own

/** @param {Seat} seat @param {Seat} gone @param {Seat[]} seats */
function cost(seat, gone, seats) {
  if (seat.state !== "free") return Infinity;
  const beside = seats.some((mine) => mine.state === "mine" && neighbours(mine, seat));
  return (
    Math.hypot(seat.x - gone.x, seat.y - gone.y) +
    (seat.section === gone.section ? 0 : OTHER_TIER) +
    (seat.row === gone.row ? 0 : OTHER_ROW) +
    (beside ? 0 : ALONE)
  );
}

/** @param {Seat} a @param {Seat} b */
const neighbours = (a, b) =>
  a.row === b.row && a.block === b.block && Math.abs(Number(a.number) - Number(b.number)) === 1;
