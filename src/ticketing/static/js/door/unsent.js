/* Scans that have no answer yet: kept on the device, sent again with the same nonce, never lost. */

import { now } from "../clock.js";
import { keep, kept } from "../keep.js";
import { t } from "../words.js";

/** @typedef {import("./sound.js").Sign} Sign */
/** @typedef {{ gate: string, performance: string, code: string, nonce: string, at: string }} Attempt */
/** @typedef {{ sign: Sign, head: string, where: string[], why: string }} Screen */
/** @typedef {{ verdict: string, message: string, inside: number, capacity: number, screen: Screen }} Verdict */
/** @typedef {"later" | "sign-in"} Wait */

const NAME = "door:unsent";
const PATIENCE = 5000; // ms for an answer
const page = /** @type {HTMLElement} */ (document.querySelector("[data-csrf]"));
const sending = new Set();
let clearing = false;

/** @returns {Attempt[]} */
export const unsent = () => JSON.parse(kept("localStorage", NAME) ?? "[]");

/** @param {Attempt[]} attempts */
const store = (attempts) => keep("localStorage", NAME, JSON.stringify(attempts));

/** Write an attempt down before anything else. @param {string} code @returns {Attempt} */
export function remember(code) {
  const { gate = "", performance = "" } = page.dataset;
  const attempt = { gate, performance, code, nonce: nonce(), at: new Date(now()).toISOString() };
  store([...unsent(), attempt]);
  return attempt;
}

/** 128 random bits; crypto.randomUUID exists on https alone. */
function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The server's verdict, or why it must wait; a wait keeps the attempt. @param {Attempt} attempt @returns {Promise<Verdict | Wait>} */
export async function send(attempt) {
  sending.add(attempt.nonce);
  try {
    const response = await post(attempt);
    if (response.status === 401 || response.status === 403) return "sign-in";
    if (response.status === 429 || response.status >= 500) return "later";
    const answer = await response.json();
    store(unsent().filter((other) => other.nonce !== attempt.nonce));
    return response.ok ? answer : refused(answer);
  } catch {
    return "later";
  } finally {
    sending.delete(attempt.nonce);
  }
}

/** @param {Attempt} attempt */
function post({ gate, ...scan }) {
  return fetch(`/api/gates/${encodeURIComponent(gate)}/scans`, {
    method: "POST",
    headers: headers(),
    body: JSON.stringify({ ...scan, direction: "in" }),
    signal: AbortSignal.timeout(PATIENCE),
  });
}

const headers = () => ({
  "accept-language": document.documentElement.lang,
  "content-type": "application/json",
  "x-csrftoken": page.dataset.csrf ?? "",
});

/** What the server will never take, whatever we do: said plainly. @param {{ detail?: string }} problem @returns {Verdict} */
function refused({ detail = "" }) {
  const head = t("不能登记", "Not taken");
  return { verdict: "refused", message: detail, inside: NaN, capacity: NaN, screen: { sign: "no", head, where: [], why: detail } };
}

/** Send what waits, oldest first, each when the last was read. @param {(attempt: Attempt, verdict: Verdict) => Promise<void>} told */
export async function sendAll(told) {
  if (clearing) return;
  clearing = true;
  for (const attempt of unsent().filter((other) => !sending.has(other.nonce))) {
    const answer = await send(attempt);
    if (typeof answer === "string") break;
    await told(attempt, answer);
  }
  clearing = false;
}

/** How many are inside, or what stands in the way. @returns {Promise<{ inside: number } | Wait>} */
export async function count() {
  const { gate = "", performance = "" } = page.dataset;
  const path = `/api/gates/${encodeURIComponent(gate)}/count?performance=${encodeURIComponent(performance)}`;
  try {
    const response = await fetch(path, { headers: headers(), signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
    if (response.status === 401 || response.status === 403) return "sign-in";
    return response.ok ? await response.json() : "later";
  } catch {
    return "later";
  }
}
