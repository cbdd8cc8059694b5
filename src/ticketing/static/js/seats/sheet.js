/* The sheet of chosen seats: what one sees, what it costs, how long it is kept. */

import { countdown, spell } from "../clock.js";
import { showLonger } from "../longer.js";
import { price } from "../money.js";
import { t } from "../words.js";
import { all } from "./map.js";

/** @typedef {import("./map.js").Seat} Seat */

const main = /** @type {HTMLElement} */ (document.querySelector("[data-performance]"));
const sheet = /** @type {HTMLElement} */ (document.querySelector("[data-sheet]"));
const template = /** @type {HTMLTemplateElement} */ (sheet.querySelector("template"));
const sign = main.dataset.sign ?? "";

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (sheet.querySelector(selector));

/** @param {Seat[]} chosen @param {string} token @param {(seat: Seat) => void} drop */
export function showChoice(chosen, token, drop) {
  const { away = "0", awaySum = "0" } = sheet.dataset; // what is held in other sections of a large hall
  const count = chosen.length + Number(away);
  part("h2").textContent = count ? t(`已选 ${count} 席`, `${count} chosen`) : t("还没有选座", "No seats chosen");
  part(".hint").hidden = count > 0;
  part(".sheet-foot").hidden = count === 0;
  const total = price(chosen.reduce((sum, seat) => sum + seat.price, Number(awaySum)), sign);
  part(".total").textContent = total;
  part("[role=status]").textContent = count ? t(`已选 ${count} 席，合计 ${total}`, `${count} chosen, total ${total}`) : "";
  showLines(chosen, drop);
  const go = /** @type {HTMLAnchorElement} */ (part(".go"));
  go.toggleAttribute("aria-disabled", !token);
  if (token) go.href = main.dataset.checkout + token;
}

/** Tell who cannot see it; said again where it is the same. @param {string} sentence */
export function say(sentence) {
  part("[role=status]").textContent = "";
  requestAnimationFrame(() => (part("[role=status]").textContent = sentence));
}

let listed = "";

/** Only when it changed, and the keyboard keeps its place. @param {Seat[]} chosen @param {(seat: Seat) => void} drop */
function showLines(chosen, drop) {
  const ids = chosen.map((seat) => seat.id).join();
  if (ids === listed) return;
  listed = ids;
  const list = part(".chosen");
  const at = all("button", list).findIndex((button) => button === document.activeElement);
  list.replaceChildren(...chosen.map((seat) => line(seat, drop)));
  if (at >= 0) (all("button", list).at(Math.min(at, chosen.length - 1)) ?? part("h2")).focus();
}

/** @param {Seat} seat @param {(seat: Seat) => void} drop */
function line(seat, drop) {
  const item = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const [name, far, cost] = ["b", ".far", ".r"].map((at) => /** @type {Element} */ (item.querySelector(at)));
  if (!name || !far || !cost) throw new Error("the template of a chosen seat is incomplete");
  name.textContent = seat.name.replace(/ 号$/, "");
  far.textContent = measures(seat);
  cost.textContent = price(seat.price, sign);
  item.querySelector(".wide-mark")?.append(mark(seat));
  const button = /** @type {HTMLButtonElement} */ (item.querySelector("button"));
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")} ${seat.name}`);
  button.addEventListener("click", () => drop(seat));
  return item;
}

/** @param {Seat} seat */
function mark(seat) {
  const shape = /** @type {Element} */ (seat.row.querySelector("legend svg")?.cloneNode(true));
  shape.querySelector(".seat")?.classList.replace("free", "mine");
  return shape;
}

/** @param {Seat} seat */
function measures({ box: { dataset } }) {
  const { distance, eye, remark = "" } = dataset;
  const told = t(`距台 ${distance} 米，眼高 ${eye} 米`, `${distance} m to the stage, eyes at ${eye} m`);
  return remark ? told + t("，", ", ") + remark : told;
}

/** The picture of what one sees from there. @param {Seat | undefined} seat */
export function showView(seat) {
  part(".viewbox").hidden = !seat;
  if (!seat) return;
  const picture = /** @type {HTMLImageElement} */ (part(".view"));
  const said = t(`从${seat.name}看到的舞台`, `The stage seen from ${seat.name}`);
  const address = `/plans/${main.dataset.plan}/seats/${seat.id}/view.svg`;
  if (picture.getAttribute("src") !== address) picture.src = address;
  picture.alt = said;
  const note = /** @type {HTMLElement} */ (seat.row).dataset.note;
  part("figcaption").textContent = t(`从 ${seat.number} 号看到的台。${note}`, `From number ${seat.number}. ${note}`);
}

let stop = () => {};

/** @param {number} until ms, 0 for none @param {number} renewals @param {() => void} over */
export function showClock(until, renewals, over) {
  stop();
  part(".clock").hidden = !until; // a seat that is wanted may not be held
  if (!until) part(".fuse i").style.width = "0";
  if (!until) return void showLonger(0, 0, 0);
  const whole = Number(main.dataset.minutes) * 60000;
  stop = countdown(until, (left) => {
    part("[role=timer]").textContent = spell(left);
    part(".fuse i").style.width = `${Math.max(0, Math.min(100, (left / whole) * 100))}%`;
    showLonger(left, whole, renewals);
  }, over);
}

/**
 * Say what went wrong; `offer` is what the button does about it.
 * @param {string} sentence @param {string} [more] @param {{ word: string, act: () => void }} [offer]
 */
export function showTrouble(sentence, more = "", offer) {
  const [strong, button] = [document.createElement("b"), /** @type {HTMLButtonElement} */ (part(".clash button"))];
  strong.textContent = sentence;
  part(".clash span").replaceChildren(strong, more);
  part(".clash").hidden = !sentence;
  button.hidden = !offer;
  button.textContent = offer?.word ?? "";
  button.onclick = () => {
    part(".clash").hidden = true;
    offer?.act();
  };
}
