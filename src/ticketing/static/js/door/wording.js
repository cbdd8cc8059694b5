/* What the door says, from the same texts as the server's: see admission/wording/texts.py and verdicts.py. */

/**
 * @typedef {import("./manifest.js").Known} Known
 * @typedef {import("./manifest.js").Words} Words
 * @typedef {import("./judge.js").Judged} Judged
 * @typedef {"yes" | "again" | "no" | "wait"} Sign
 * @typedef {{ head: string, where: string, why: string, message: string }} Text
 * @typedef {{ verdicts: Record<string, { sign: Sign, zh: Text, en: Text }>, attention: Record<string, Words> }} Texts
 * @typedef {{ sign: Sign, head: string, where: string[], why: string, attention?: string[] }} Screen
 * @typedef {"zh" | "en"} Lang
 * @typedef {{ number: number, title: Words, starts_at: number, zone: string }} Showing
 */

import { EARLY } from "./verdict.js";

const STYLES = {
  time: { zh: ["zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false }], en: ["en-GB", { hour: "2-digit", minute: "2-digit" }] },
  day: { zh: ["zh-CN", { month: "long", day: "numeric" }], en: ["en-GB", { day: "numeric", month: "short" }] },
};

/** @param {number} at @param {string} zone @param {Lang} lang @param {"time" | "day"} style */
function spoken(at, zone, lang, style) {
  const [locale, options] = /** @type {[string, Intl.DateTimeFormatOptions]} */ (STYLES[style][lang]);
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
}

/** 14:41 @param {number} at @param {string} zone @param {Lang} lang */
export const time = (at, zone, lang) => spoken(at, zone, lang, "time");

/** 5月23日 14:41 @param {number} at @param {string} zone @param {Lang} lang */
const moment = (at, zone, lang) => `${spoken(at, zone, lang, "day")}${lang === "en" ? ", " : " "}${time(at, zone, lang)}`;

/** @param {Words} title @param {Lang} lang */
export const title = (title, lang) => (lang === "zh" ? `《${title.zh || title.en}》` : title.en || title.zh);

/** @param {Texts} texts @param {Judged} judged @param {Known} known @param {string} gate @param {Lang} lang @param {Showing[]} showings */
export function say(texts, judged, known, gate, lang, showings) {
  const { decision, line } = judged;
  const text = texts.verdicts[textOf(decision, line?.entry.standing)];
  const { head, where, why, message } = text?.[lang] ?? { head: decision.verdict, where: "", why: "", message: "" };
  const facts = factsOf(judged, known, gate, lang, showings);
  const fill = (/** @type {string} */ words) => words.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
  const lines = fill(where).split("\n").filter((each) => each.trim());
  const attention = [...(line ? attentionOf(decision, line) : [])].map((each) => fill(texts.attention[each]?.[lang] ?? ""));
  return { screen: { sign: text?.sign ?? "no", head, where: lines, why: fill(why), attention }, message: fill(message) };
}

/** @param {import("./verdict.js").Decision} decision @param {string} [standing] the ticket's */
function textOf({ verdict, unverified, goes_in_at }, standing) {
  if (verdict === "void" && standing === "released") return "released";
  if (unverified) return "unverified";
  return verdict === "too_late" && goes_in_at !== null ? "waits" : verdict;
}

/** @param {import("./verdict.js").Decision} decision @param {import("./manifest.js").Line} line */
function* attentionOf({ verdict }, { type, attributes }) {
  if (verdict !== "admitted" && verdict !== "too_late") return;
  if (type?.proof) yield "proof";
  if (type?.child) yield "child";
  yield* attributes;
}

/** @param {Judged} judged @param {Known} known @param {string} gate @param {Lang} lang @param {Showing[]} showings @returns {Record<string, string | number>} */
function factsOf({ decision, performance, line, past }, known, gate, lang, showings) {
  const { title: name, starts_at, zone, doors_at, ends_at, capacity } = known.manifest.performance;
  const entered = past?.entered;
  const label = entered ? known.label(entered.gate)[lang] : "";
  const filled = (/** @type {Words | undefined} */ words) => (words?.[lang] ?? "").replace("{n}", line?.number ?? "");
  const meant = showings.find(({ number }) => number === performance);
  const gates = known.manifest.gates.filter(({ sections }) => !sections.length || sections.includes(line?.row.section ?? ""));
  return {
    number: line ? `${line.short.slice(0, 4)} ${line.short.slice(4)}` : "",
    seat: filled(line?.row.seat), side: filled(line?.row.side), place: filled(line?.row.place),
    type: line?.type?.name[lang] ?? "",
    entered: entered ? time(entered.at, zone, lang) : "", gate: label, at_gate: atGate(label, lang),
    meant: meant ? showing(meant, lang) : { zh: "另一场", en: "another performance" }[lang],
    this: showing({ number: 0, title: name, starts_at, zone }, lang),
    opens: moment(doors_at - EARLY, zone, lang), ended: moment(ends_at, zone, lang),
    goes_in: decision.goes_in_at === null ? "" : time(decision.goes_in_at, zone, lang),
    right_gates: gates.map((each) => each.label[lang]).join(lang === "zh" ? "、" : ", "),
    inside: known.inside(), capacity,
  };
}

/** @param {Showing} showing @param {Lang} lang */
const showing = ({ title: name, starts_at, zone }, lang) => moment(starts_at, zone, lang) + (lang === "en" ? " " : "") + title(name, lang);

/** @param {string} label @param {Lang} lang */
function atGate(label, lang) {
  if (lang === "en") return `at ${label.slice(0, 1).toLowerCase()}${label.slice(1)}`;
  return `在${label}${/[\x20-\x7e]$/.test(label) ? " " : ""}`;
}
