/* Ed25519: the browser's own where it has one, else a library. */

import { hashes, verify as verifySlowly } from "/static/vendor/noble/ed25519/index.js";
import { sha512 } from "/static/vendor/noble/hashes/sha2.js";
import { joined, utf8 } from "./bytes.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const CONTEXT = utf8("ticketing/ticket/1\x00");
hashes.sha512 = sha512;

/** Did this key sign this payload? @param {Bytes} key @param {{ payload: Bytes, signature: Bytes }} reading */
export async function isSigned(key, { payload, signature }) {
  const message = joined(CONTEXT, payload);
  const own = await ofBrowser(key);
  if (own) return crypto.subtle.verify("Ed25519", own, signature, message);
  try {
    return verifySlowly(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

/** @param {Bytes} key @returns {Promise<CryptoKey | null>} null where it knows no such keys */
async function ofBrowser(key) {
  try {
    return await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}
