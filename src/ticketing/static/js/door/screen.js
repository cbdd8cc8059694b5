/* The verdict fills the screen until the next scan. */

import { sound } from "./sound.js";
import { t } from "../words.js";

/** @typedef {import("./unsent.js").Screen} Screen */

const GLANCE = 2000; // ms for a green screen
const READING = 5000; // ms for the others, or until somebody taps

const screen = /** @type {HTMLElement} */ (document.querySelector("section.verdict"));
let timer = 0;

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (screen.querySelector(selector));

export const isOpen = () => !screen.hidden;

/** Show a verdict; resolves when it has gone. @param {Screen} words @param {string} footer @returns {Promise<void>} */
export function show({ sign, head, where, why }, footer) {
  screen.className = `verdict ${sign}`;
  part("h1").textContent = head;
  part(".where").textContent = where.join("\n");
  part(".why").textContent = why;
  part("[data-count]").textContent = footer;
  screen.hidden = false;
  sound(sign);
  clearTimeout(timer);
  timer = setTimeout(close, sign === "yes" ? GLANCE : READING);
  return new Promise((gone) => screen.addEventListener("closed", () => gone(), { once: true }));
}

export function close() {
  if (screen.hidden) return;
  screen.hidden = true;
  screen.dispatchEvent(new Event("closed"));
}

/** What is said when there is no answer yet. @param {"later" | "sign-in"} wait @returns {Screen} */
export function waiting(wait) {
  const signIn = wait === "sign-in";
  return {
    sign: "wait",
    head: t("没连上", "No answer"),
    where: [signIn ? t("登录过期了", "Signed out") : t("已记下，待传", "Kept, unsent")],
    why: signIn
      ? t("这次扫码记在手机里。请重新登录，登录后自动补传。", "This scan is kept here. Sign in again: it is then sent by itself.")
      : t("这次扫码记在手机里，连上后自动补传。放不放人，请看票面的场次和座位。", "This scan is kept here and sent when the line is back. Judge by the performance and seat on the ticket."),
  };
}

screen.addEventListener("click", close);
