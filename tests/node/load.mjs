/* Loads a manifest as the door's script does, and says how long that took and what it holds. */

import { readFileSync } from "node:fs";
import { Known } from "/static/js/door/manifest.js";

const text = readFileSync(process.argv[2], "utf8");
const began = performance.now();
const known = new Known(JSON.parse(text));
console.log(`the script loads it in ${Math.round(performance.now() - began)} ms: ${known.entries.size} tickets, ${known.live()} live`);
