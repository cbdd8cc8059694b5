/* The ticket's code, taken apart: the same as tickets/sign.py and foundation/codes.py on the server. */

const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const LENGTHS = [119, 136];
const PAYLOAD = 14, SIGNED = 78;
const SHORT = /^[23456789CDFHJKMNPQRTVWXY]{6}$/;
const LOOKALIKES = { A: "4", B: "8", G: "6", S: "5", U: "V", Z: "2" };

/* What people paste and scanners send: the same as foundation/typed_text.py. */
const UNSEEN = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0000}-\u{e0fff}]/gu;
const CONTROLS = /[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]/g;
const DASHES = /[-\u058a\u1806\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63]/g;
const BLANK = /[\s\x1c-\x1f\x85]+/g;
const BLANK_ENDS = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g;

/** @param {string} text */
export const visible = (text) => text.replace(UNSEEN, "").replace(CONTROLS, "");

/**
 * Taken apart and *not verified*. ``number``: the ticket's eight bytes; ``moment``: empty where it does not rotate.
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 * @typedef {{ key: number, performance: number, number: Bytes, issue: number,
 *   payload: Bytes, signature: Bytes, moment: Bytes }} Reading
 */

/** @param {string} text @returns {Reading | null} null for what is no ticket's code */
export function read(text) {
  if (text.length > 3 * 119) return null;
  const framed = visible(text).normalize("NFKC").replace(BLANK_ENDS, "").toUpperCase().replace(/^\]Q[0-9]/, "");
  if (!LENGTHS.includes(framed.length) || framed[0] !== "T" || framed.at(-1) !== "Z") return null;
  const whole = decode(framed.slice(1, -1));
  return whole && parts(whole);
}

/** @param {Bytes} whole @returns {Reading | null} */
function parts(whole) {
  const view = new DataView(whole.buffer);
  const first = view.getUint8(0);
  if (first >> 4 !== 1) return null;
  return {
    key: first & 15,
    performance: view.getUint32(1),
    number: whole.slice(5, 13),
    issue: view.getUint8(13),
    payload: whole.slice(0, PAYLOAD),
    signature: whole.slice(PAYLOAD, SIGNED),
    moment: whole.slice(SIGNED),
  };
}

/** RFC 9285. @param {string} text @returns {Bytes | null} */
function decode(text) {
  const digits = Array.from(text, (sign) => BASE45.indexOf(sign));
  if (digits.includes(-1) || digits.length % 3 === 1) return null;
  const bytes = [];
  for (let n = 0; n < digits.length; n += 3) {
    const [a = 0, b = 0, c] = digits.slice(n, n + 3);
    const number = a + 45 * b + 2025 * (c ?? 0);
    if (number > (c === undefined ? 255 : 65535)) return null;
    if (c !== undefined) bytes.push(number >> 8);
    bytes.push(number & 255);
  }
  return new Uint8Array(bytes);
}

/** The code of this moment. @param {string} code one that does not rotate @param {Uint8Array} moment */
export const withMoment = (code, moment) => code.slice(0, -1) + encode(moment) + code.slice(-1);

/** RFC 9285. @param {Uint8Array} data */
function encode(data) {
  let text = "";
  for (let n = 0; n < data.length; n += 2) {
    const [a = 0, b] = data.slice(n, n + 2);
    const number = b === undefined ? a : a * 256 + b;
    text += `${BASE45[number % 45]}${BASE45[Math.floor(number / 45) % 45]}${b === undefined ? "" : BASE45[Math.floor(number / 2025)]}`;
  }
  return text;
}

/** The signs of a number alone, in any width or spacing. @param {string} text */
export const signs = (text) => visible(text).normalize("NFKC").replace(DASHES, "").replace(BLANK, "");

/** Of signs that look alike the one that we print. @param {string} upper */
export const alike = (upper) => upper.replace(/[ABGSUZ]/g, (sign) => LOOKALIKES[/** @type {keyof typeof LOOKALIKES} */ (sign)]);

/** The short number that was typed, in any case, width or spacing. @param {string} text @returns {string | null} */
export function short(text) {
  const plain = alike(signs(text.slice(0, 64)).toUpperCase());
  return SHORT.test(plain) ? plain : null;
}
