/* The scans of this phone: written down before anybody is told, numbered, kept until the server has them. */

import * as line from "./connection.js";
import * as store from "./store.js";

/**
 * ``code`` is forgotten once the server has it; ``index``: of its ticket, where it is known; ``refused``: why the server
 * will never take it; ``goes_in_at``: a latecomer's; ``after``: the server's verdict, knowing all, of what was sent later.
 * @typedef {{ sequence: number, nonce: string, gate: string, performance: string, code: string, index: string | null, at: number,
 *   direction: string, verdict: string, reason: string, sent: boolean, short: string, seat: string, goes_in_at: number | null, refused?: string, after?: string }} Scan
 */

const KEPT = 3 * 24 * 3600_000; // ms after which a scan that was sent is of no use here

const PATIENT = 15 * 60_000; // ms that a latecomer waits after the break

/** @type {Map<number, Scan>} */
const scans = new Map();
let last = 0;

export async function load() {
  for (const scan of await store.all("scans")) scans.set(scan.sequence, scan);
  last = Math.max((await store.get("facts", "sequence")) ?? 0, 0, ...scans.keys());
  for (const scan of scans.values()) {
    if (scan.sent && scan.at < line.now() - KEPT) await forget(scan);
  }
}

/** @param {Scan} scan */
async function forget(scan) {
  scans.delete(scan.sequence);
  await store.drop("scans", scan.sequence);
}

export const all = () => [...scans.values()];

export const unsent = () => all().filter(({ sent }) => !sent);

/** Latecomers who wait for their break, each once. @param {string} performance @returns {Scan[]} */
export function waiting(performance) {
  const inside = new Set(all().filter(({ verdict }) => verdict === "admitted").map(({ short }) => short));
  const late = all().filter((scan) => scan.performance === performance && scan.short && !inside.has(scan.short) &&
    scan.goes_in_at !== null && line.now() < scan.goes_in_at + PATIENT);
  return [...new Map(late.map((scan) => [scan.short, scan])).values()];
}

/** @param {Omit<Scan, "sequence" | "nonce" | "sent">} scan @returns {Promise<Scan>} */
export async function write(scan) {
  const sequence = ++last;
  const kept = { ...scan, sequence, nonce: nonce(), sent: false };
  scans.set(sequence, kept);
  await store.putAll([["scans", sequence, kept], ["facts", "sequence", sequence]]);
  return kept;
}

/** @param {Scan} scan @param {Partial<Scan>} change @returns {Promise<Scan>} */
export async function change(scan, change) {
  const changed = { ...scan, ...change };
  scans.set(scan.sequence, changed);
  await store.put("scans", scan.sequence, changed);
  return changed;
}

/** What was said of it, as it is merged. @param {Scan} scan @param {string} device @returns {import("./fold.js").Seen} */
export const seen = ({ sequence, at, gate, verdict, reason }, device) =>
  ({ device, sequence, at, gate, verdict, told: true, overruled: reason !== "", undone: false });

/** 128 random bits; crypto.randomUUID exists on https alone. */
function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
