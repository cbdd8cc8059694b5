/** ¥60, and ¥60.50 where there are fen. @param {number} fen @param {string} sign */
export function price(fen, sign) {
  const [whole, part] = (fen / 100).toFixed(2).split(".");
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
  return sign + grouped + (part === "00" ? "" : `.${part}`);
}

/** Fen of a plain amount: 80, 80.5, 80,50; null for all that the server has to judge, as foundation/money.py does.
 * @param {string} text */
export function typed(text) {
  const plain = /^[\s0-9０-９.,．，]+$/.test(text) ? text.normalize("NFKC").trim() : "";
  const found = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(plain);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}
