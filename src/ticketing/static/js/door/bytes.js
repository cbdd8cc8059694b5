/* Bytes as text and side by side. */

/** Base64 without padding. @param {string} text */
export const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** @param {Uint8Array} data */
export const base64 = (data) => btoa(String.fromCharCode(...data)).replace(/=+$/, "");

/** @param {Uint8Array[]} parts */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** Big-endian. @param {number} number @param {number} length in bytes, at most 8 */
export function whole(number, length) {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(number));
  return new Uint8Array(view.buffer).slice(8 - length);
}
