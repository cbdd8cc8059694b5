/* Judges codes by manifests as the door's script does, and compares what it says with what the server said. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { judge } from "/static/js/door/judge.js";
import { Known } from "/static/js/door/manifest.js";
import { say } from "/static/js/door/wording.js";

const { texts, showings, cases } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const { name, manifest, code, here, screens } of cases) {
  const known = new Known(manifest);
  const judged = await judge(known, code, here);
  for (const [lang, expected] of Object.entries(screens)) {
    const { screen, message } = say(texts, judged, known, here.gate, lang, showings);
    assert.deepEqual({ ...screen, message }, expected, `${name} (${lang})`);
  }
}
console.log(`${cases.length} said alike`);
