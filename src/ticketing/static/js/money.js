/** ¥60, and ¥60.50 where there are fen. @param {number} fen @param {string} sign */
export function price(fen, sign) {
  const [whole, part] = (fen / 100).toFixed(2).split(".");
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
  return sign + grouped + (part === "00" ? "" : `.${part}`);
}
