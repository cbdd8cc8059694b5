/* The verdict fills the screen until the next scan. */

import { sound } from "./sound.js";

/** @typedef {import("./wording.js").Screen} Screen */
/** @typedef {{ name: string, words: string, act: () => void }} Offer what may be done about it, by a tap */

const GLANCE = 2000; // ms for a green screen
const READ = 600; // ms after which a green screen makes way for another ticket
const READING = 5000; // ms for the others, or until somebody taps

const screen = /** @type {HTMLElement} */ (document.querySelector("section.verdict"));
let timer = 0;
let stuck = false;
let passing = false;
let shownAt = 0;

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (screen.querySelector(selector));

export const isOpen = () => !screen.hidden;

/** May the next ticket take its place? A green one has been read at a glance. */
export const isRead = () => screen.hidden || (passing && performance.now() - shownAt > READ);

/** Show a verdict; resolves when it has gone. @param {Screen} words @param {string} footer @param {Offer[]} [offers] @returns {Promise<void>} */
export function show({ sign, head, where, why, attention = [] }, footer, offers = []) {
  const length = head.length > 6 ? " long longer" : head.length > 3 ? " long" : "";
  screen.className = `verdict ${sign}${length}${where.length > 2 ? " many" : ""}`;
  part("h1").textContent = head;
  part(".where").textContent = where.join("\n");
  part(".why").textContent = why;
  part(".attention").replaceChildren(...attention.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  part("[data-count]").textContent = footer;
  for (const button of screen.querySelectorAll("button.party")) offer(/** @type {HTMLButtonElement} */ (button), offers);
  close(); // whoever waits for the one before
  screen.hidden = false;
  shownAt = performance.now();
  passing = sign === "yes" && !attention.length;
  sound(sign);
  clearTimeout(timer);
  timer = setTimeout(close, passing && !offers.length ? GLANCE : READING);
  return new Promise((gone) => screen.addEventListener("closed", () => gone(), { once: true }));
}

/** @param {HTMLButtonElement} button @param {Offer[]} offers */
function offer(button, offers) {
  const found = offers.find(({ name }) => name === button.dataset.do);
  button.hidden = !found;
  if (!found) return;
  if (found.words) button.textContent = found.words;
  button.onclick = (event) => {
    event.stopPropagation();
    close();
    found.act();
  };
}

export function close() {
  if (screen.hidden || stuck) return;
  screen.hidden = true;
  screen.dispatchEvent(new Event("closed"));
}

/** Nothing goes on from here. @param {Screen} words */
export function stay(words) {
  void show(words, "");
  clearTimeout(timer);
  stuck = true;
  part(".next").hidden = true;
}

screen.addEventListener("click", close);
