/* Keep up with the server: send what was scanned, learn what changed. All of it may fail, and is tried again. */

import { index as indexOf } from "./sealed.js";
import { Known } from "./manifest.js";
import * as line from "./connection.js";
import * as scans from "./scans.js";
import * as store from "./store.js";
import { read } from "./token.js";

/**
 * @typedef {{ gate: string, performance: string }} Stand
 */

const MOST = 100; // scans in one batch
const HEARTBEAT = 30_000; // ms after which the office hears that we are there

let beatAt = 0;

/** What is known of a performance, from what was kept; our own scans with it. @param {Stand} stand @param {string} device @returns {Promise<Known | null>} */
export async function recall({ performance }, device) {
  const manifest = await store.get("manifests", performance);
  const head = await store.get("facts", headOf(performance));
  if (manifest && head) Object.assign(manifest, head);
  if (!manifest) return null;
  const known = withOwn(new Known(manifest), performance, device);
  for (const line of await store.get("facts", linesOf(performance)) ?? []) known.lines.set(line.short, line);
  return known;
}

/** Keep what codes have opened, where that has grown. @param {Known} known @param {number} before how many there were */
export async function keepOpened(known, before) {
  if (known.lines.size === before) return;
  await store.put("facts", linesOf(known.manifest.performance.id), [...known.lines.values()]);
}

/** @param {string} performance */
const linesOf = (performance) => `opened ${performance}`;

/** @param {string} performance */
const headOf = (performance) => `head ${performance}`;

/** @param {Known} known @param {string} performance @param {string} device */
function withOwn(known, performance, device) {
  for (const scan of scans.all()) {
    if (scan.performance === performance && scan.index) known.hear(scan.index, scans.seen(scan, device));
  }
  return known;
}

/** Learn what changed; the same object where there was one. @param {Stand} stand @param {Known | null} known @param {string} device @returns {Promise<Known | null>} */
export async function refresh({ gate, performance }, known, device) {
  const cursor = known ? `&cursor=${known.manifest.cursor}` : "";
  const reply = await line.ask("GET", `/api/gates/${encodeURIComponent(gate)}/manifest?performance=${performance}${cursor}`, undefined, 30_000);
  if (reply?.status !== 200) return known;
  const fresh = known ?? withOwn(new Known(reply.data), performance, device);
  if (known) known.apply(reply.data);
  const { orders, scans: moves, rows, ...head } = reply.data;
  if (!known || orders.length || moves.length) await store.put("manifests", performance, fresh.whole());
  await store.put("facts", headOf(performance), head); // a large list is not written anew for nothing
  return fresh;
}

/** Send what waits, a batch at a time. @param {Known | null} known @param {string} device @param {Stand} stand */
export async function upload(known, device, stand) {
  for (;;) {
    const waiting = scans.unsent().sort((a, b) => a.sequence - b.sequence);
    const gate = waiting[0]?.gate ?? stand.gate;
    const batch = waiting.filter((scan) => scan.gate === gate).slice(0, MOST);
    if (!batch.length && Date.now() - beatAt < HEARTBEAT) return;
    const reply = await line.ask("POST", `/api/gates/${encodeURIComponent(gate)}/scan-batches`, {
      device, sent_at: new Date(line.now()).toISOString(), scans: batch.map(told),
      unsent: waiting.length - batch.length, battery: await battery(),
    });
    if (reply?.status !== 200) return;
    beatAt = Date.now();
    for (const result of reply.data.results) await settle(result, known, device);
    if (!batch.length) return;
  }
}

/** @param {scans.Scan} scan */
const told = ({ sequence, nonce, performance, code, at, direction, verdict, reason }) =>
  ({ sequence, nonce, performance, code, at: new Date(at).toISOString(), direction, verdict, reason });

/** @param {{ sequence: number, verdict: string, said: string, at: string, problem?: string, message?: string }} result @param {Known | null} known @param {string} device */
async function settle(result, known, device) {
  const scan = scans.all().find(({ sequence }) => sequence === result.sequence);
  if (!scan || scan.sent) return;
  if (result.problem) {
    await scans.change(scan, { sent: true, refused: result.message ?? result.problem });
    return;
  }
  const sent = await scans.change(scan, { sent: true, code: "", index: scan.index ?? indexFrom(scan.code), verdict: result.said, after: result.verdict, at: new Date(result.at).getTime() });
  if (sent.index) known?.correct(sent.index, scans.seen(sent, device));
}

/** @param {string} code */
function indexFrom(code) {
  const reading = read(code);
  return reading && indexOf(reading);
}

/** In percent, where the browser tells. @returns {Promise<number | undefined>} */
async function battery() {
  const source = /** @type {{ getBattery?: () => Promise<{ level: number }> }} */ (navigator);
  const found = await source.getBattery?.().catch(() => null);
  return found ? Math.round(found.level * 100) : undefined;
}
