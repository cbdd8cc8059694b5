/* What a manifest tells and to whom, opened: see admission/offline/sealed.py on the server. */

import { chacha20poly1305 } from "/static/vendor/noble/ciphers/chacha.js";
import { sha256 } from "/static/vendor/noble/hashes/sha2.js";
import { base64, joined, utf8, whole } from "./bytes.js";

const FOUND = utf8("ticketing/manifest/ticket/1\x00");
const KEY = utf8("ticketing/manifest/order/1\x00");
const HIDDEN = utf8("ticketing/manifest/share/1\x00");
const NONCE = 12, INDEX = 9;

/** By what a ticket is found. @param {{ performance: number, number: Uint8Array }} reading */
export const index = ({ performance, number }) =>
  base64(sha256(joined(FOUND, whole(performance, 4), number)).slice(0, INDEX));

/** Show a key that a signature hides. @param {Uint8Array} share @param {Uint8Array} signature */
export function keyFrom(share, signature) {
  const mask = sha256(joined(HIDDEN, signature));
  return share.map((byte, n) => byte ^ (mask[n] ?? 0));
}

/** @param {Uint8Array} key @param {Uint8Array} sealed @returns {any} throws where the key is another's */
export function open(key, sealed) {
  const cipher = chacha20poly1305(sha256(joined(KEY, key)), sealed.slice(0, NONCE));
  return JSON.parse(new TextDecoder().decode(cipher.decrypt(sealed.slice(NONCE))));
}
