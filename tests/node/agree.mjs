/* Answers the questions in a file as the door's script does; prints how many, or where it differs. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { base64, bytes } from "/static/js/door/bytes.js";
import { bodies, fold, keyOf, merge } from "/static/js/door/fold.js";
import { isFresh, secretOf } from "/static/js/door/rotating.js";
import { index, keyFrom, open } from "/static/js/door/sealed.js";
import { isSigned } from "/static/js/door/signature.js";
import { read, short } from "/static/js/door/token.js";
import { decide } from "/static/js/door/verdict.js";

if (process.argv.includes("--without-subtle")) Object.defineProperty(globalThis, "crypto", { value: {} });

const ANSWERS = {
  async token({ text, keys }) {
    const reading = read(text);
    if (!reading) return null;
    const key = keys[reading.key];
    const { performance, issue } = reading;
    const signed = key ? await isSigned(bytes(key), reading) : false;
    const [number, moment] = [base64(reading.number), base64(reading.moment)];
    return { key: reading.key, performance, issue, number, moment, signed };
  },
  short: ({ text }) => short(text),
  rotating({ gate_key, number, issue, shown, at }) {
    const secret = secretOf(bytes(gate_key), { number: bytes(number), issue });
    return { secret: base64(secret), fresh: isFresh(bytes(shown), secret, at) };
  },
  sealed({ performance, number, share, signature, sealed }) {
    const found = index({ performance, number: bytes(number) });
    try {
      return { index: found, lines: open(keyFrom(bytes(share), bytes(signature)), bytes(sealed)) };
    } catch {
      return { index: found, lines: null };
    }
  },
  verdict: ({ code, right, rules, now }) => decide(code, right, rules, now),
  fold({ sets }) {
    const scans = [...merge(...sets).values()];
    const merged = [...scans].sort((a, b) => (a.device === b.device ? a.sequence - b.sequence : a.device < b.device ? -1 : 1));
    assert.equal(new Set(scans.map(keyOf)).size, scans.length);
    const { entered, entries, twice } = fold(scans);
    return { merged, entered, entries, twice: twice.map(({ first, second }) => [first, second]), bodies: bodies(scans) };
  },
};

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const { kind, case: question, answer } of cases) {
  assert.deepEqual(await ANSWERS[kind](question), answer, `${kind}: ${JSON.stringify(question)}`);
}
console.log(`${cases.length} alike`);
