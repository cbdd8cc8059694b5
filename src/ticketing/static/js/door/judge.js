/* Decide here, without a line: what was read, what is known of it, and what the gate says. */

import { bytes } from "./bytes.js";
import { isFresh, secretOf } from "./rotating.js";
import { isSigned } from "./signature.js";
import { read, short } from "./token.js";
import { decide } from "./verdict.js";

/**
 * @typedef {import("./manifest.js").Known} Known
 * @typedef {import("./manifest.js").Line} Line
 * @typedef {import("./verdict.js").Code} Code
 * ``line``: what stands on the ticket, where its code opens it; ``party``: the others of its order.
 * @typedef {{ decision: import("./verdict.js").Decision, index: string | null, performance: number | null, line: Line | null, party: Line[],
 *   past: import("./fold.js").Past | null }} Judged
 * @typedef {{ gate: string, way: string, at: number, vouched?: boolean, named?: boolean, index?: string }} Here
 */

/** @param {Known} known @param {string} text @param {Here} here @returns {Promise<Judged>} */
export async function judge(known, text, here) {
  const number = short(text);
  if (number) return typed(known, number, here);
  const reading = read(text);
  const key = reading && known.manifest.keys[reading.key];
  if (reading && !key) return said(known, { performance: null, issue: null, fresh: true }, null, null, here); // a newer key than ours
  if (!reading || !key || !(await isSigned(bytes(key), reading))) return said(known, null, null, null, here);
  const { index, entry } = known.find(reading);
  const lines = entry && known.open(entry, reading);
  const code = { performance: reading.performance, issue: reading.issue, fresh: fresh(known, reading, here.at) };
  const line = lines?.find((each) => each.entry === entry) ?? null;
  const right = entry && reading.issue <= entry.issue ? entry : null; // a newer issue than ours is one we do not know
  const judged = said(known, code, right, line, here, index);
  return { ...judged, performance: reading.performance, party: outside(known, lines ?? [], line) };
}

/** A number says which ticket it is where a code of its order opened it, or the server named it. @param {Known} known @param {string} number @param {Here} here */
function typed(known, number, here) {
  const line = known.opened(number);
  const free = here.vouched || known.manifest.performance.rotating === "off";
  const code = { performance: here.named && !line ? known.manifest.performance.number : null, issue: null, fresh: free };
  const entry = line?.entry ?? known.entries.get(here.index ?? "") ?? null;
  return said(known, code, entry, line, here, entry?.index);
}

/** @param {Known} known @param {Code | null} code @param {{ issue: number, standing: string } | null} right
 * @param {Line | null} line @param {Here} here @param {string} [index] @returns {Judged} */
function said(known, code, right, line, { gate, way, at }, index) {
  const past = index ? known.past(index) : null;
  const rules = known.rules(gate);
  if (right && !line) rules.sections = []; // a seat that nothing opens is at no wrong gate
  const decision = decide(
    code, right && { issue: right.issue, standing: right.standing, section: line?.row.section ?? null }, rules,
    { is_inside: past?.entered != null, inside: known.inside(), at, way, knows_all: false },
  );
  return { decision, index: index ?? null, performance: null, line, party: [], past };
}

/** @param {Known} known @param {import("./token.js").Reading} reading @param {number} at */
function fresh(known, reading, at) {
  const { rotating, gate_key, number } = known.manifest.performance;
  if (rotating === "off" || reading.performance !== number) return true;
  if (!reading.moment.length || !gate_key) return rotating === "paper";
  return isFresh(reading.moment, secretOf(bytes(gate_key), reading), at);
}

/** Who of the order may still come in. @param {Known} known @param {Line[]} lines @param {Line | null} mine */
function outside(known, lines, mine) {
  return lines.filter((line) => line !== mine && line.entry.standing === "live" && known.past(line.entry.index).entries === 0);
}
