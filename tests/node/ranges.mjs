/* Says seats as the door and the sheet of chosen seats do; prints how many lists were right in any order. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inRanges } from "/static/js/shared/ranges.js";

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const { orders, said } of cases)
  for (const seats of orders) assert.deepEqual(inRanges(seats), said, JSON.stringify(seats));
console.log(`${cases.length} said`);
