/* What stands beside the picture: how many are inside, how old our list is, how the line is, what was scanned. */

import { t } from "../shared/i18n.js";
import * as line from "./connection.js";
import { title } from "./wording.js";

/** @typedef {import("./manifest.js").Known} Known */

const LINES = 12;
const MINUTE = 60_000;

/** @type {"zh" | "en"} */
export const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

/** @param {string} selector @returns {HTMLElement} */
export const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/** @param {string} tag @param {string} text @param {Record<string, unknown>} [more] */
export const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

/** @param {Known} known @param {string} gate */
export function where(known, gate) {
  const { starts_at, zone, title: name, capacity } = known.manifest.performance;
  find("[data-show]").textContent = `${clock(starts_at, zone).slice(0, 5)} ${title(name, lang)}`;
  find("[data-gate-label]").textContent = known.label(gate)[lang];
  find("[data-capacity]").textContent = String(capacity);
}

/** Write down how many are inside; returns the sentence. @param {number} number */
export function inside(number) {
  if (Number.isFinite(number)) find("[data-inside]").textContent = String(number);
  return find(".inside").textContent.replace(/\s+/g, " ").trim();
}

/** How old what we know is, and how much it is. @param {Known | null} known */
export function age(known) {
  const place = find("[data-known]");
  if (!known) {
    place.textContent = t("还没有名单，要联网取一次", "No list yet: needs the line once");
    return;
  }
  const minutes = Math.floor((line.now() - known.manifest.as_of) / MINUTE);
  const old = minutes < 1 ? t("刚更新", "just now") : minutes < 120 ? t(`${minutes} 分钟前`, `${minutes} min ago`)
    : t(`${Math.floor(minutes / 60)} 小时前`, `${Math.floor(minutes / 60)} h ago`);
  place.textContent = t(`名单 ${known.live()} 张，${old}`, `${known.live()} tickets, ${old}`);
}

/** @param {number} unsent */
export function state(unsent) {
  find("[data-line]").replaceChildren(...(line.isUp() ? [] : [element("b", t("离线", "Offline"))]));
  find("[data-unsent]").hidden = unsent === 0;
  find("[data-unsent] b").textContent = String(unsent);
}

/** What wants somebody's attention. @param {number} count */
export function trouble(count) {
  const badge = find("[data-trouble]");
  badge.hidden = count === 0;
  badge.textContent = String(count);
}

/** @param {number} at @param {string} zone @param {string} seat @param {string} head */
export function list(at, zone, seat, head) {
  const row = document.createElement("li");
  row.append(element("span", clock(at, zone)), element("b", seat), element("span", head));
  const rows = find(".last ul");
  rows.querySelector(".none")?.remove();
  rows.prepend(row);
  if (rows.children.length > LINES) rows.lastElementChild?.remove();
}

/** The venue's time. @param {number} at @param {string} zone */
export const clock = (at, zone) => new Date(at).toLocaleTimeString("en-GB", { timeZone: zone });
