/* At a gate: a code comes in, is judged, written down and told; then the next one. */

import { t } from "../shared/i18n.js";
import * as board from "./status_bar.js";
import { judge } from "./judge.js";
import * as line from "./connection.js";
import { inRanges } from "../shared/ranges.js";
import * as scans from "./scans.js";
import * as screen from "./screen.js";
import { keepOpened, refresh, upload } from "./sync.js";
import { short } from "./token.js";
import { troubles } from "./troubles.js";
import { nextBreak } from "./verdict.js";
import { say } from "./wording.js";

/**
 * @typedef {import("./manifest.js").Known} Known
 * @typedef {import("./judge.js").Judged} Judged
 * @typedef {import("./wording.js").Screen} Screen
 * What was said of a scan: by the server where it answered in time, else by this phone.
 * ``party``: the short numbers of who may come in with it.
 * @typedef {{ scan: scans.Scan, screen: Screen, inside: number, party: string[] }} Told
 */

const PATIENCE = 250; // ms for the server's verdict, where this phone has one of its own
const KEEP_UP = 10_000; // ms between two looks at what changed
const { lang } = board;

export class Gate {
  /** @param {{ stand: { gate: string, performance: string }, device: line.Device, known: Known | null,
   *   texts: import("./wording.js").Texts, choices: import("./choose.js").Choice[] }} given */
  constructor({ stand, device, known, texts, choices }) {
    this.stand = stand;
    this.device = device;
    this.known = known;
    this.texts = texts;
    this.choices = choices;
    this.way = "in";
    this.busy = false;
    /** @type {Promise<void> | null} */
    this.keeping = null;
  }

  supervises() {
    return this.device.role !== "usher";
  }

  /** Judge, write down, tell. @param {string} code @param {{ index?: string }} [found] which ticket a number means, where somebody looked it up */
  async scan(code, found = {}) {
    this.busy = true;
    const start = performance.now();
    board.find(".frame").classList.add("caught");
    const told = await this.#tell(code, found);
    performance.measure("verdict", { start });
    board.find(".frame").classList.remove("caught");
    this.busy = false;
    await this.show(told);
  }

  /** @param {string} code @param {{ alone?: boolean, vouched?: boolean, named?: boolean, index?: string }} [how] alone: without asking the server; named: by the server, a moment ago @returns {Promise<Told>} */
  async #tell(code, { alone = false, vouched = this.supervises(), named = false, index } = {}) {
    const at = Math.round(line.now());
    const before = this.known?.lines.size ?? 0;
    const judged = this.known && (await judge(this.known, code, { gate: this.stand.gate, way: this.way, at, vouched, named, index }));
    const verdict = judged?.decision.verdict ?? "unknown";
    const scan = await scans.write({
      ...this.stand, code, index: judged?.index ?? null, at, direction: this.way, verdict, reason: "",
      short: judged?.line?.short ?? "", seat: judged?.line ? placeOf(judged.line) : "", goes_in_at: judged?.decision.goes_in_at ?? null,
    });
    if (this.known) await keepOpened(this.known, before);
    const answer = alone ? null : await this.#ask(scan, judged ? PATIENCE : undefined);
    const told = answer ? await this.#toldBy(answer, scan) : judged ? this.#toldHere(judged, scan, code) : this.#notTold(scan);
    this.#hear(told.scan);
    board.list(told.scan.at, this.zone(), told.scan.seat || told.screen.where[0] || "", told.screen.head);
    return told;
  }

  /** @param {scans.Scan} scan @param {number} [patience] */
  async #ask({ sequence, nonce, performance, code, at, direction, gate }, patience) {
    if (!line.isUp() && this.known) return null; // known to be down: nobody waits for it
    const body = { code, nonce, performance, at: new Date(at).toISOString(), direction, device: this.device.id, sequence };
    const reply = await line.ask("POST", `/api/gates/${encodeURIComponent(gate)}/scans`, body, patience);
    return reply?.status === 200 ? reply.data : null;
  }

  /** @param {any} answer @param {scans.Scan} scan @returns {Promise<Told>} */
  async #toldBy(answer, scan) {
    const seat = answer.ticket?.seat ?? scan.seat;
    const short = answer.ticket?.number ?? scan.short;
    const waits = answer.screen.sign === "wait" ? this.#nextBreak(scan.at) : null;
    const sent = await scans.change(scan, { sent: true, code: waits ? scan.code : "", verdict: answer.verdict, seat, short, goes_in_at: waits });
    const party = (answer.party ?? []).map((/** @type {{ number: string }} */ { number }) => number);
    return { scan: sent, screen: answer.screen, inside: answer.inside, party };
  }

  /** @param {number} at */
  #nextBreak(at) {
    return this.known && nextBreak(this.known.rules(this.stand.gate), at);
  }

  /** @param {Judged} judged @param {scans.Scan} scan @param {string} code @returns {Told} */
  #toldHere(judged, scan, code) {
    const known = /** @type {Known} */ (this.known);
    this.#hear(scan);
    if (judged.decision.verdict === "unknown") return { scan, screen: cannotTell(code), inside: known.inside(), party: [] };
    const { screen } = say(this.texts, judged, known, this.stand.gate, lang, this.#showings());
    const inside = ["admitted", "already_admitted"].includes(judged.decision.verdict);
    const party = inside ? judged.party.map((each) => each.short) : [];
    return { scan, screen, inside: known.inside(), party };
  }

  /** Neither the server nor this phone knows. @param {scans.Scan} scan @returns {Told} */
  #notTold(scan) {
    const head = t("没连上", "No answer"), where = [t("已记下，待传", "Kept, unsent")];
    const why = t("这部手机还没有本场名单，也连不上。这次扫码已记下。放不放人，请看票面的场次和座位。",
      "This phone has no list of this performance and no line. The scan is kept. Judge by the performance and seat on the ticket.");
    return { scan, screen: { sign: "wait", head, where, why }, inside: NaN, party: [] };
  }

  #showings() {
    return this.choices.map(({ number, title, starts_at, zone }) => ({ number, title, starts_at, zone }));
  }

  /** @param {scans.Scan} scan */
  #hear(scan) {
    if (this.known && scan.index) this.known.correct(scan.index, scans.seen(scan, this.device.id));
  }

  /** @param {Told} told */
  async show(told) {
    this.say(told.inside);
    const offers = [];
    if (told.party.length && this.way === "in") {
      const words = t(`同单还有 ${told.party.length} 张，全部入场`, `${told.party.length} more in this order: let all in`);
      offers.push({ name: "party", words, act: () => void this.#party(told) });
    }
    if (this.supervises() && this.way === "in" && REFUSED.includes(told.scan.verdict) && told.screen.sign !== "yes") {
      offers.push({ name: "overrule", words: "", act: () => void this.overrule(told.scan) });
    }
    await screen.show(told.screen, board.inside(told.inside), offers);
    this.say(NaN);
  }

  /** Let in who comes with a ticket: nine on one phone are one scan and one tap. @param {Told} first */
  async #party(first) {
    const rotating = this.known && this.known.manifest.performance.rotating !== "off";
    const all = await Promise.all(first.party.map((number) => this.#tell(number, { alone: rotating ?? false, vouched: true, named: true })));
    const kept = all.filter(({ scan }) => scan.verdict !== "admitted");
    const came = all.length - kept.length + (first.scan.verdict === "admitted" ? 1 : 0);
    this.keepUp();
    /** @type {Screen} */
    const words = kept.length
      ? { sign: "again", head: t(`${came} 张进`, `${came} in`), where: kept.map(({ scan, screen }) => `${scan.seat} ${screen.head}`), why: t("这几张没有进，请一张一张看。", "These were not let in: look at them one by one.") }
      : { sign: "yes", head: t("全部入场", "All in"), where: [t(`${came} 张`, `${came} tickets`), ...inRanges(seats([first, ...all]))], why: "" };
    const inside = all.at(-1)?.inside ?? NaN;
    await screen.show(words, board.inside(this.known ? this.known.inside() : inside));
  }

  /** Let the latecomers in together. */
  async letWaitingIn() {
    const late = scans.waiting(this.stand.performance);
    const all = [];
    for (const { short } of late) all.push(await this.#tell(short, { alone: true, vouched: true }));
    this.keepUp();
    const came = all.filter(({ scan }) => scan.verdict === "admitted");
    const words = /** @type {Screen} */ ({ sign: came.length ? "yes" : "wait", head: t(`${came.length} 位进`, `${came.length} in`), where: inRanges(seats(came)), why: "" });
    await screen.show(words, board.inside(this.known?.inside() ?? NaN));
  }

  /** @param {scans.Scan} scan */
  async overrule(scan) {
    const reason = prompt(t("为什么放行？", "Why is it let in?"))?.trim();
    if (!reason) return;
    const code = scan.code || scan.short;
    const kept = await scans.write({ ...scan, code, verdict: "admitted", reason, at: Math.round(line.now()), direction: "in", goes_in_at: null });
    this.#hear(kept);
    this.keepUp();
    const words = /** @type {Screen} */ ({ sign: "yes", head: t("已放行", "Let in"), where: [scan.seat], why: reason });
    await screen.show(words, board.inside(this.known?.inside() ?? NaN));
  }

  /** Send, learn, and say how things are; one at a time. @returns {Promise<void>} */
  keepUp() {
    this.keeping ??= this.#keepUp().finally(() => (this.keeping = null));
    return this.keeping;
  }

  async #keepUp() {
    await upload(this.known, this.device.id, this.stand);
    this.known = await refresh(this.stand, this.known, this.device.id);
    this.say(this.known?.inside() ?? NaN);
  }

  /** @param {number} inside */
  say(inside) {
    if (this.known) board.where(this.known, this.stand.gate);
    board.inside(inside);
    board.age(this.known);
    board.state(scans.unsent().length);
    board.trouble(troubles(this).length);
    const late = scans.waiting(this.stand.performance);
    const button = /** @type {HTMLButtonElement} */ (board.find('[data-open="waiting"]'));
    const from = Math.min(...late.map(({ goes_in_at }) => goes_in_at ?? 0));
    button.hidden = late.length === 0;
    button.disabled = line.now() < from;
    const time = board.clock(button.hidden ? 0 : from, this.zone()).slice(0, 5);
    button.textContent = button.disabled ? t(`${late.length} 位等到 ${time}`, `${late.length} wait until ${time}`)
      : t(`放迟到的 ${late.length} 位进`, `Let ${late.length} latecomers in`);
  }

  zone() {
    return this.known?.manifest.performance.zone ?? this.choices[0]?.zone ?? document.documentElement.dataset.zone ?? "UTC";
  }

  start() {
    for (const change of ["online", "offline"]) addEventListener(change, () => void this.keepUp());
    setInterval(() => void this.keepUp(), KEEP_UP);
    line.on("changed", () => this.say(NaN));
    this.say(this.known?.inside() ?? NaN);
    void this.keepUp();
  }
}

const REFUSED = ["already_admitted", "wrong_gate", "too_early", "too_late", "void", "unpaid", "stale_code", "house_full"];

/** @param {import("./manifest.js").Line} each */
const placeOf = ({ row, number }) => row.place[lang].replace("{n}", number);

/** This phone has no word on it; the ticket may well be good. @param {string} code @returns {Screen} */
function cannotTell(code) {
  const supervisor = t("码坏了，请主管查。", "If the code is spoilt, call a supervisor.");
  if (short(code)) return { sign: "wait", head: t("离线，查不了票号", "Offline: cannot look up"), where: [t("请扫二维码", "Scan its code")], why: supervisor };
  const why = t("票可能是好的，只是这部手机还没联网更新。", "The ticket may be good: this phone has not been online since.");
  return { sign: "wait", head: t("离线，查不了这个码", "Offline: cannot tell"), where: [t("请主管来看", "Call a supervisor")], why };
}

/** @param {Told[]} all */
const seats = (all) => all.map(({ scan }) => scan.seat).filter(Boolean);
