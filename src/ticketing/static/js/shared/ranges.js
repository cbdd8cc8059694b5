/* Many seats in few words: 南侧矮凳 5–6 号. */

/**
 * Seats as they are said, in order, those side by side in one line.
 * @param {string[]} seats
 */
export function inRanges(seats) {
  /** @type {Map<string, { before: string, after: string, numbers: number[] }>} */
  const rows = new Map();
  const others = [];
  for (const seat of seats) {
    const [, before = "", number, after = ""] = /^(.*?)(\d+)(\D*)$/.exec(seat) ?? [];
    if (number === undefined) others.push(seat);
    else {
      const row = rows.get(before + after) ?? { before, after, numbers: [] };
      rows.set(before + after, { ...row, numbers: [...row.numbers, Number(number)] });
    }
  }
  const said = [...rows.values()].map(({ before, after, numbers }) => `${before}${runs(numbers)}${after}`);
  return [...said.sort(), ...others];
}

/** @param {number[]} numbers */
function runs(numbers) {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const starts = sorted.filter((number) => !sorted.includes(number - 1));
  return starts.map((from) => {
    const to = sorted.find((number) => number >= from && !sorted.includes(number + 1)) ?? from;
    return to === from ? `${from}` : `${from}–${to}`;
  }).join(", ");
}
