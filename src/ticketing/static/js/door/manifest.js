/* What this phone knows of one performance: its manifest, kept up by deltas, and every scan it heard of. */

import { bytes } from "./bytes.js";
import { bodies, fold, keyOf, oneOf } from "./fold.js";
import { index, keyFrom, open } from "./sealed.js";

/**
 * @typedef {import("./fold.js").Seen} Seen
 * @typedef {import("./token.js").Reading} Reading
 * @typedef {{ zh: string, en: string }} Words
 * @typedef {{ section: string, seat: Words, side: Words, place: Words }} Row
 * @typedef {{ index: string, handle: string, n: number, issue: number, standing: string, shares: string[] }} Entry
 * @typedef {{ entry: Entry, row: Row, number: string, short: string, type: { name: Words, proof: boolean, child: boolean } | null, attributes: string[] }} Line
 * What a code of its order opened: kept, so that its number is known after a restart too.
 * @typedef {{ index: string } & Omit<Line, "entry">} Opened
 * @typedef {{ id: string, slug: string, number: number, title: Words, hall: Words, zone: string, doors_at: number, starts_at: number,
 *   ends_at: number, capacity: number, breaks: number[], rotating: string, gate_key?: string }} Performance
 * @typedef {{ cursor: string, as_of: number, full: boolean, performance: Performance, gates: { name: string, label: Words, sections: string[] }[],
 *   keys: Record<string, string>, types: { name: Words, proof: boolean, child: boolean }[], rows: Row[], inside: number,
 *   orders: [string, string, [string, number, number, ...string[]][]][], scans: any[][] }} Manifest
 */

const STANDINGS = ["live", "unpaid", "void", "released"];

export class Known {
  /** @param {Manifest} manifest the whole one */
  constructor(manifest) {
    this.manifest = manifest;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** @type {Map<string, Manifest["orders"][number]>} */
    this.orders = new Map();
    /** @type {Map<string, Map<string, Seen>>} */
    this.scans = new Map();
    /** @type {Map<string, Opened>} by short number */
    this.lines = new Map();
    this.#learn(manifest);
  }

  /** Take in what changed. @param {Manifest} delta */
  apply(delta) {
    const { orders, scans, ...head } = delta;
    this.manifest = { ...this.manifest, ...head, full: true };
    this.#learn({ orders, scans });
  }

  /** What to store: it makes the same again. @returns {Manifest} */
  whole() {
    const scans = [...this.scans].flatMap(([found, seen]) => [...seen.values()].map((scan) => [found, ...row(scan)]));
    return { ...this.manifest, orders: [...this.orders.values()], scans };
  }

  /** @param {{ orders: Manifest["orders"], scans: any[][] }} told */
  #learn({ orders, scans }) {
    for (const order of orders) {
      const [handle, , tickets] = order;
      this.orders.set(handle, order);
      tickets.forEach(([found, issue, standing, ...shares], n) => {
        this.entries.set(found, { index: found, handle, n, issue, standing: STANDINGS[standing] ?? "void", shares });
      });
    }
    for (const [found, ...scan] of scans) this.hear(found, seen(scan));
  }

  /** Hear of a scan, from whomever. @param {string} found @param {Seen} scan */
  hear(found, scan) {
    const scans = this.scans.get(found) ?? new Map();
    scans.set(keyOf(scan), oneOf(scans.get(keyOf(scan)) ?? scan, scan));
    this.scans.set(found, scans);
  }

  /** Put the server's account of our own scan in place of ours. @param {string} found @param {Seen} scan */
  correct(found, scan) {
    this.scans.get(found)?.delete(keyOf(scan));
    this.hear(found, scan);
  }

  /** @param {Reading} reading @returns {{ index: string, entry: Entry | null }} */
  find(reading) {
    const found = index(reading);
    return { index: found, entry: this.entries.get(found) ?? null };
  }

  /** What stands on the ticket and on those of its order; null where the code opens nothing. @param {Entry} entry @param {Reading} reading @returns {Line[] | null} */
  open(entry, reading) {
    const share = entry.shares[reading.issue - 1];
    const [handle, sealed, tickets] = this.orders.get(entry.handle) ?? [];
    if (!share || !handle || !sealed || !tickets) return null;
    try {
      const lines = open(keyFrom(bytes(share), reading.signature), bytes(sealed));
      return lines.map((/** @type {any[]} */ line, /** @type {number} */ n) => this.#line(tickets[n]?.[0] ?? "", line));
    } catch {
      return null;
    }
  }

  /** @param {string} found @param {any[]} line @returns {Line} */
  #line(found, [rowNumber, number, short, type, attributes]) {
    const entry = /** @type {Entry} */ (this.entries.get(found));
    const line = { row: this.manifest.rows[rowNumber] ?? NOWHERE, number, short, type: this.manifest.types[type] ?? null, attributes };
    this.lines.set(short, { index: found, ...line });
    return { entry, ...line };
  }

  /** What stands on the ticket of this number, where a code of its order was here. @param {string} number @returns {Line | null} */
  opened(number) {
    const { index: found = "", ...line } = this.lines.get(number) ?? {};
    const entry = this.entries.get(found); // as it is now: it may be void meanwhile
    return entry ? { entry, .../** @type {Omit<Line, "entry">} */ (line) } : null;
  }

  /** @param {string} found */
  past(found) {
    return fold(this.scans.get(found)?.values() ?? []);
  }

  /** How many people are inside, as far as we know. */
  inside() {
    return bodies([...this.scans.values()].flatMap((scans) => [...scans.values()]));
  }

  /** @returns {{ index: string, first: Seen, second: Seen }[]} entered twice while apart */
  twice() {
    return [...this.scans.keys()].flatMap((found) => this.past(found).twice.map((pair) => ({ index: found, ...pair })));
  }

  /** How many tickets are good here. */
  live() {
    return [...this.entries.values()].filter(({ standing }) => standing === "live").length;
  }

  /** @param {string} gate @returns {import("./verdict.js").Rules} */
  rules(gate) {
    const { number: performance, doors_at, starts_at, ends_at, capacity, breaks } = this.manifest.performance;
    const { sections = [] } = this.manifest.gates.find(({ name }) => name === gate) ?? {};
    return { performance, doors_at, starts_at, ends_at, capacity, breaks, sections };
  }

  /** @param {string} gate */
  label(gate) {
    return this.manifest.gates.find(({ name }) => name === gate)?.label ?? { zh: gate, en: gate };
  }
}

const NOTHING = { zh: "", en: "" };
const NOWHERE = { section: "", seat: NOTHING, side: NOTHING, place: NOTHING };

/** @param {any[]} row @returns {Seen} */
function seen([device, sequence, at, gate, verdict, told, overruled, undone]) {
  return { device, sequence, at, gate, verdict, told, overruled, undone };
}

/** @param {Seen} scan */
const row = ({ device, sequence, at, gate, verdict, told, overruled, undone }) =>
  [device, sequence, at, gate, verdict, told, overruled, undone];
