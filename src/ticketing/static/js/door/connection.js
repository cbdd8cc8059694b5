/* The line to the server: asked with little patience, and known to be down until it answers again. */

import * as store from "./store.js";

/**
 * @typedef {{ id: string, name: string, role: string, token: string }} Device
 * @typedef {{ status: number, data: any }} Reply
 */

const USUAL = 5000; // ms to wait for an answer that nobody waits for at the gate
const NEWS = new EventTarget();

/** @type {Device | null} */
let device = null;
let up = true;
let ahead = 0; // ms by which the server's clock is ahead of ours
let heardAt = 0;

export const isUp = () => up;

/** Milliseconds since 1970, as the server counts them. */
export const now = () => Date.now() + ahead;

/** When the server was heard last, 0: never. */
export const lastHeard = () => heardAt;

/** @param {"changed" | "shut-out"} name @param {(detail: any) => void} then */
export const on = (name, then) => NEWS.addEventListener(name, (event) => then(/** @type {CustomEvent} */ (event).detail));

/** @param {string} name @param {unknown} [detail] */
const tell = (name, detail) => NEWS.dispatchEvent(new CustomEvent(name, { detail }));

/** Who we are, from what was kept. @returns {Promise<Device | null>} */
export async function whoami() {
  device = (await store.get("facts", "device")) ?? null;
  ahead = (await store.get("facts", "ahead")) ?? 0;
  return device;
}

/** @param {Device} paired */
export async function become(paired) {
  device = paired;
  await store.put("facts", "device", paired);
}

/** The answer, or null where none came in time. @param {string} method @param {string} path @param {unknown} [body] @param {number} [patience] @returns {Promise<Reply | null>} */
export async function ask(method, path, body, patience = USUAL) {
  const asked = Date.now();
  try {
    const response = await fetch(path, {
      method, headers: headers(), body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience), cache: "no-store",
    });
    if (response.status === 429 || response.status >= 500) return heard(false);
    const data = response.status === 204 ? null : await response.json();
    heard(true);
    if (response.status === 401) tell("shut-out", { wipe: data?.wipe === true, revoked: String(data?.type).endsWith("device-revoked") });
    if (response.status < 400 && data?.now) await setClock(data.now, asked);
    return { status: response.status, data };
  } catch {
    return heard(false);
  }
}

/** @param {boolean} good @returns {null} */
function heard(good) {
  const before = up;
  up = good;
  if (good) heardAt = Date.now();
  if (good !== before) tell("changed");
  return null;
}

/** @param {string | number} told @param {number} asked */
async function setClock(told, asked) {
  const found = new Date(told).getTime() - (asked + Date.now()) / 2;
  if (Math.abs(found - ahead) < 2000) return;
  ahead = Math.round(found);
  await store.put("facts", "ahead", ahead);
}

function headers() {
  /** @type {Record<string, string>} */
  const said = { "accept-language": document.documentElement.lang, "content-type": "application/json" };
  if (device) said["authorization"] = `Bearer ${device.token}`;
  return said;
}
