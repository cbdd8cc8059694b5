/* Folds names as a phone at the door does; prints how many, or where it differs from the server. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { folded, isCalled } from "/static/js/door/folding.js";

const { names, sought } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [name, answer] of names) assert.equal(folded(name), answer, JSON.stringify(name));
for (const [name, words, called] of sought) assert.equal(isCalled(name, words), called, `${name}: ${words}`);
console.log(`${names.length} and ${sought.length} alike`);
