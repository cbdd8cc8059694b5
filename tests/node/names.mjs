/* Folds names and looks for guests as a phone at the door does; prints how many, or where it differs from the server. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { folded, isCalled } from "/static/js/door/folding.js";
import { meant } from "/static/js/door/guests.js";

const { names, sought, guests, found } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [name, answer] of names) assert.equal(folded(name), answer, JSON.stringify(name));
for (const [name, words, called] of sought) assert.equal(isCalled(name, words), called, `${name}: ${words}`);
for (const [words, who] of found) assert.deepEqual(meant(guests, words).map((guest) => guest.number), who, JSON.stringify(words));
console.log(`${names.length}, ${sought.length} and ${found.length} alike`);
