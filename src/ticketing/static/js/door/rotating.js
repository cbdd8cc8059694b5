/* Codes that change while they are looked at: the same as tickets/rotating.py on the server. */

import { hmac } from "/static/vendor/noble/hashes/hmac.js";
import { sha256 } from "/static/vendor/noble/hashes/sha2.js";
import { joined, whole } from "./bytes.js";

export const STEP = 30_000; // ms
const NEAR = 2; // steps by which two clocks may differ
const HALF = 1 << 23;

/** What a gate derives for a ticket. @param {Uint8Array} gateKey @param {{ number: Uint8Array, issue: number }} ticket */
export const secretOf = (gateKey, { number, issue }) => hmac(sha256, gateKey, joined(number, whole(issue, 1)));

/** The eleven bytes of this moment. @param {Uint8Array} secret @param {number} at */
export const moment = (secret, at) => atStep(secret, Math.floor(at / STEP));

/** Is it of this moment, as far as clocks agree? @param {Uint8Array} shown @param {Uint8Array} secret @param {number} at */
export function isFresh(shown, secret, at) {
  if (shown.length !== 11) return false;
  const [a = 0, b = 0, c = 0] = shown;
  const now = Math.floor(at / STEP);
  const apart = (((a << 16) + (b << 8) + c - (now % (2 * HALF)) + 3 * HALF) % (2 * HALF)) - HALF;
  if (Math.abs(apart) > NEAR) return false;
  return atStep(secret, now + apart).every((byte, n) => byte === shown[n]);
}

/** @param {Uint8Array} secret @param {number} step */
function atStep(secret, step) {
  const proof = hmac(sha256, secret, whole(step, 8)).slice(0, 8);
  return joined(whole(step % (2 * HALF), 3), proof);
}
