/* Reads amounts as the browser does: what it is sure of is what the server says. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { typed } from "/static/js/shared/money.js";

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
let sure = 0;
for (const [text, answer] of cases) {
  const read = typed(text);
  if (read === null) continue;
  sure += 1;
  assert.equal(read, answer, text);
}
console.log(`${sure} of ${cases.length}`);
