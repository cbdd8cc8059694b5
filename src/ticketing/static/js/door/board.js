/* What stands beside the picture: how many are inside, how the line is, what was scanned just now. */

import { unsent } from "./unsent.js";
import { t } from "../words.js";

/** @typedef {import("./unsent.js").Verdict} Verdict */
/** @typedef {import("./unsent.js").Attempt} Attempt */
/** @typedef {import("./unsent.js").Wait} Wait */

const LINES = 12;
const door = find("main.door");

/** @param {string} selector */
export function find(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/** Write down how many are inside; returns the sentence. @param {number} number */
export function inside(number) {
  if (Number.isFinite(number)) find("[data-inside]").textContent = String(number);
  return find(".inside").innerText.replace(/\s+/g, " ");
}

/** @param {Wait | null} wait */
export function line(wait) {
  const place = find("[data-line]");
  place.replaceChildren();
  if (wait === "later") place.append(element("b", t("离线", "Offline")));
  if (wait === "sign-in") {
    place.append(Object.assign(element("a", t("请重新登录", "Sign in again")), { href: door.dataset.entrance }));
  }
  find("[data-unsent]").hidden = unsent().length === 0;
  find("[data-unsent] b").textContent = String(unsent().length);
}

/** @param {Attempt} attempt @param {Verdict} answer */
export function list(attempt, { screen: { sign, head, where } }) {
  const seat = where[sign === "again" ? 1 : 0] ?? "";
  const row = document.createElement("li");
  row.append(element("span", clock(attempt.at)), element("b", seat), element("span", head));
  const rows = find(".last ul");
  rows.querySelector(".none")?.remove();
  rows.prepend(row);
  if (rows.children.length > LINES) rows.lastElementChild?.remove();
}

/** The venue's time. @param {string} at */
export const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { timeZone: door.dataset.zone });

/** @param {string} tag @param {string} text */
const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
