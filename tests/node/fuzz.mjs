/* Reads 100,000 texts that are no tickets, or nearly: never an error. Prints how many, and how many were read. */

import { short, read } from "/static/js/door/token.js";

const SIGNS = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:TZé票\u{1f3ad}\u0000\ud800\u3000Ａ\n"];
const [good = "", seed = "1"] = process.argv.slice(2);
let state = Number(seed);
const below = (most) => (state = (state * 48271) % 2147483647) % most; // Lehmer's

function text() {
  if (below(2)) return Array.from({ length: below(160) }, () => SIGNS[below(SIGNS.length)]).join("");
  const at = below(good.length);
  return good.slice(0, at) + SIGNS[below(SIGNS.length)] + good.slice(at + below(3));
}

let readings = 0;
for (let n = 0; n < 100_000; n++) {
  const shown = text();
  readings += Number(read(shown) !== null);
  short(shown);
}
console.log(`100000 texts, ${readings} read`);
