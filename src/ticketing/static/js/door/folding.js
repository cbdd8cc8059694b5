/* Names as they are compared: foundation/folding.py says the same. */

/** @param {string} text */
export function folded(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]+/g, "");
  const lower = plain.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
  return lower.replace(/[^\p{L}\p{N}\p{M}]+/gu, "").normalize("NFC");
}

/** Whether all the words stand in the name, in any order. @param {string} name @param {string} words */
export function isCalled(name, words) {
  const [whole, sought] = [folded(name), words.split(/\s+/).map(folded).filter(Boolean)];
  return sought.length > 0 && sought.every((word) => whole.includes(word));
}
