/* The seats of a large hall in few bytes: four to a sign, each a digit in base 3. */

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`";
const STATES = /** @type {const} */ (["free", "sold", "held"]);
const WORTH = [27, 9, 3, 1]; // of a sign's first, second, third and fourth seat

/** @param {string} signs @param {string[]} order seats of the plan, from the first one on @param {number} first
 *  @returns {import("./live.js").Gone} */
export function decode(signs, order, first) {
  /** @type {import("./live.js").Gone} */ const gone = new Map();
  order.forEach((seat, place) => {
    const n = first + place;
    const digit = Math.floor(SIGNS.indexOf(signs.charAt(n >> 2)) / (WORTH[n & 3] ?? 1)) % 3;
    const state = STATES[digit];
    if (state === "sold" || state === "held") gone.set(seat, state);
  });
  return gone;
}
