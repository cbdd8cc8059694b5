/* Who is expected and meant by what somebody types, without a line: the same as orders/meant.py on the server. */

import { isCalled } from "./folding.js";
import { alike, short, signs, visible } from "./token.js";

const PHONE = /^\+?\(?\d[\d().]{3,23}$/;
const PHONE_TAIL = 4; // digits: more of a number is not on this phone
const NUMBER = /^#?[0-9A-Z-]{8,24}$/;

/**
 * ``contact``: the last digits of a phone, or a mail address.
 * @typedef {{ number: string, name: string, contact: string, order_number: string, email: string }} Expected
 */

/** @template {Expected} T @param {T[]} guests @param {string} words @returns {T[]} */
export function meant(guests, words) {
  const text = visible(words).normalize("NFKC").trim(), plain = signs(words), upper = plain.toUpperCase();
  const number = short(words), digits = PHONE.test(plain) ? plain.replace(/\D/g, "") : "";
  const order = NUMBER.test(upper) ? alike(upper.slice(-8)) : "";
  const named = !text.includes("@") && !/^\d*$/.test(plain);
  return guests.filter((guest) => guest.number === number
    || (digits.length >= PHONE_TAIL && guest.contact === digits.slice(-PHONE_TAIL))
    || (order && guest.order_number.endsWith(order))
    || (text.includes("@") && guest.email === text.toLowerCase())
    || (named && isCalled(guest.name, text)));
}
