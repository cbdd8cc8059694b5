/* Scans as a set that only grows, and what follows from it: the same as admission/fold.py on the server. */

/**
 * @typedef {{ device: string, sequence: number, at: number, gate: string, verdict: string,
 *   told: boolean, overruled: boolean, undone: boolean }} Seen
 * @typedef {{ entered: Seen | null, entries: number, twice: { first: Seen, second: Seen }[] }} Past
 */

/** @param {{ device: string, sequence: number }} scan */
export const keyOf = ({ device, sequence }) => `${sequence}@${device}`;

/** The union, by key; of two accounts of one scan the one that was told at the gate is right.
 * @param {Iterable<Seen>[]} sets @returns {Map<string, Seen>} */
export function merge(...sets) {
  /** @type {Map<string, Seen>} */
  const merged = new Map();
  for (const scans of sets) {
    for (const scan of scans) merged.set(keyOf(scan), oneOf(merged.get(keyOf(scan)) ?? scan, scan));
  }
  return merged;
}

/** @param {Seen} one @param {Seen} other @returns {Seen} */
export function oneOf(one, other) {
  const right = compare(rank(one), rank(other)) < 0 ? other : one;
  return { ...right, undone: one.undone || other.undone, overruled: one.overruled || other.overruled };
}

/** @param {Seen} scan */
const rank = ({ told, at, gate, verdict }) => [Number(told), at, gate, verdict];

/** As Python compares tuples. @param {(number | string)[]} one @param {(number | string)[]} other */
function compare(one, other) {
  for (const [n, value] of one.entries()) {
    const against = other[n] ?? value;
    if (value !== against) return value < against ? -1 : 1;
  }
  return 0;
}

/** What these scans of one ticket say, each named once. @param {Iterable<Seen>} scans @returns {Past} */
export function fold(scans) {
  const inOrder = [...scans].sort((a, b) => compare([a.at, a.device, a.sequence], [b.at, b.device, b.sequence]));
  return inOrder.filter((scan) => !scan.undone).reduce(follow, { entered: null, entries: 0, twice: [] });
}

/** @param {Past} past @param {Seen} scan @returns {Past} */
function follow(past, scan) {
  if (scan.verdict === "left") return { ...past, entered: null };
  if (scan.verdict !== "admitted") return past;
  const doubled = past.entered && !scan.overruled ? [{ first: past.entered, second: scan }] : [];
  return { entered: past.entered ?? scan, entries: past.entries + 1, twice: [...past.twice, ...doubled] };
}

/** How many people these scans let in, less who left. @param {Iterable<Seen>} scans */
export function bodies(scans) {
  let people = 0;
  for (const { verdict, undone } of scans) {
    if (!undone) people += verdict === "admitted" ? 1 : verdict === "left" ? -1 : 0;
  }
  return people;
}
