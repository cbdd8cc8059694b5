/* What a gate says: one pure function, the same as admission/verdict.py on the server. */

const MINUTE = 60_000;
export const EARLY = 15 * MINUTE; // before the doors, for those who queue
const BREAK = 3 * MINUTE; // so long latecomers may go in once a break has begun

/**
 * Instants in milliseconds; ``breaks``: minutes after the start; ``sections`` that the gate leads to, none: all.
 * @typedef {{ performance: number, doors_at: number, starts_at: number, ends_at: number, capacity: number,
 *   breaks: number[], sections: string[] }} Rules
 * What was read and is rightly signed, or typed: then it names neither performance nor issue.
 * @typedef {{ performance: number | null, issue: number | null, fresh: boolean }} Code
 * @typedef {{ issue: number, standing: string, section: string | null }} Right
 * @typedef {{ is_inside: boolean, inside: number, at: number, way: string, knows_all: boolean }} Now
 * @typedef {{ verdict: string, unverified: boolean, goes_in_at: number | null }} Decision
 */

/** @param {string} verdict @returns {Decision} */
const plain = (verdict) => ({ verdict, unverified: false, goes_in_at: null });

/** @param {Code | null} code @param {Right | null} right @param {Rules} rules @param {Now} now @returns {Decision} */
export function decide(code, right, rules, { is_inside, inside, at, way, knows_all }) {
  if (!code) return plain("invalid");
  if (!right && (knows_all || code.performance === null)) return plain("unknown");
  if (code.performance !== null && code.performance !== rules.performance) return plain("wrong_performance");
  if (way === "out") return plain(is_inside ? "left" : "not_inside");
  if (!code.fresh) return plain("stale_code");
  const refusal = right && refuseTicket(code, right);
  if (refusal) return plain(refusal);
  if (is_inside) return plain("already_admitted");
  if (right && rules.sections.length && !rules.sections.includes(right.section ?? "")) return plain("wrong_gate");
  const late = refuseHour(rules, at);
  if (late) return late;
  if (inside >= rules.capacity) return plain("house_full");
  return { ...plain("admitted"), unverified: !right };
}

/** @param {Code} code @param {Right} right */
function refuseTicket(code, right) {
  if (right.standing === "unpaid") return "unpaid";
  if (["void", "released"].includes(right.standing) || (code.issue !== null && code.issue !== right.issue)) return "void";
  return null;
}

/** @param {Rules} rules @param {number} at @returns {Decision | null} */
function refuseHour(rules, at) {
  if (at < rules.doors_at - EARLY) return plain("too_early");
  if (at > rules.ends_at) return plain("too_late");
  if (at <= rules.starts_at || !rules.breaks.length) return null;
  const goes_in_at = nextBreak(rules, at);
  if (goes_in_at !== null && goes_in_at <= at) return null;
  return { ...plain("too_late"), goes_in_at };
}

/** When latecomers go in who come at this instant: it may have begun; null: never. @param {Rules} rules @param {number} at */
export function nextBreak(rules, at) {
  const starts = rules.breaks.map((minutes) => rules.starts_at + minutes * MINUTE);
  return starts.find((start) => at <= start + BREAK) ?? null;
}
