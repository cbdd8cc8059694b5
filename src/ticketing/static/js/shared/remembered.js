/* The orders that were opened on this device, the latest first. */

import { keep, kept } from "./keep.js";

/** @typedef {{ secret: string, title: string }} Remembered */
const MOST = 30;

/** @returns {Remembered[]} */
export function remembered() {
  try {
    return JSON.parse(kept("localStorage", "orders") ?? "[]");
  } catch {
    return [];
  }
}

/** @param {Remembered} order */
export function remember(order) {
  const others = remembered().filter(({ secret }) => secret !== order.secret);
  keep("localStorage", "orders", JSON.stringify([order, ...others].slice(0, MOST)));
}
