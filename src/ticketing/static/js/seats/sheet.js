/* The sheet of chosen seats: what one sees, what it costs, how long it is kept. */

import { countdown, spell } from "../shared/clock.js";
import { inRanges } from "../shared/ranges.js";
import { showLonger } from "../shared/renew_hold.js";
import { price } from "../shared/money.js";
import { t } from "../shared/i18n.js";
import { all } from "./map.js";

/** @typedef {import("./map.js").Seat} Seat */

const main = /** @type {HTMLElement} */ (document.querySelector("[data-performance]"));
const sheet = /** @type {HTMLElement} */ (document.querySelector("[data-sheet]"));
const sign = main.dataset.sign ?? "";

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (sheet.querySelector(selector));

/** @param {Seat[]} chosen @param {import("./choice.js").Choice} choice @param {(seat: Seat) => void} drop */
export function showChoice(chosen, choice, drop) {
  const { away = "0", awaySum = "0" } = sheet.dataset; // what is held in other sections of a large hall
  const count = chosen.length + Number(away);
  const total = price(chosen.reduce((sum, seat) => sum + seat.price, Number(awaySum)), sign);
  const unheld = choice.unheld ? t(`${choice.unheld} 席还没留住`, `${choice.unheld} not held yet`) : "";
  part("h2").textContent = unheld || (count ? t(`已选 ${count} 席`, `${count} chosen`) : t("还没有选座", "No seats chosen"));
  part(".hint").hidden = count > 0;
  part(".sheet-foot").hidden = count === 0;
  part(".count").textContent = t(`${count} 席，合计`, `${count} ${count === 1 ? "seat" : "seats"}, total`);
  part(".total").textContent = total;
  part(".unheld").textContent = choice.asking && choice.until ? "" : unheld;
  part("[role=status]").textContent = unheld || (count ? t(`已选 ${count} 席，合计 ${total}`, `${count} chosen, total ${total}`) : "");
  showLines(chosen, drop);
  lead(choice.settled ? choice.token : "");
}

/** Only a hold can be ordered: without one the link leads nowhere, and says so. @param {string} token */
function lead(token) {
  const go = part(".go");
  if (token) go.setAttribute("href", main.dataset.checkout + token);
  else go.removeAttribute("href");
  go.setAttribute("aria-disabled", String(!token));
}

/** Tell who cannot see it; said again where it is the same. @param {string} sentence */
export function say(sentence) {
  part("[role=status]").textContent = "";
  requestAnimationFrame(() => (part("[role=status]").textContent = sentence));
}

const SHORTEST = 3; // seats of a row that are said as one
/** @type {WeakSet<Element>} */ const unfolded = new WeakSet(); // rows
let listed = "";

/** Only when it changed, and the keyboard keeps its place. @param {Seat[]} chosen @param {(seat: Seat) => void} drop */
function showLines(chosen, drop) {
  const ids = chosen.map((seat) => seat.id).join();
  if (ids === listed) return;
  listed = ids;
  const list = part(".chosen");
  const at = all("button, summary", list).findIndex((control) => control === document.activeElement);
  list.replaceChildren(...byRow(chosen).flatMap((some) => lines(some, drop)));
  if (at >= 0) (all("button, summary", list).at(Math.min(at, chosen.length - 1)) ?? part("h2")).focus();
}

/** @param {Seat[]} chosen */
function byRow(chosen) {
  /** @type {Map<Element, Seat[]>} */
  const rows = new Map();
  for (const seat of chosen) rows.set(seat.row, [...(rows.get(seat.row) ?? []), seat]);
  return [...rows.values()];
}

/** Each seat by itself, or a long row of them as one line that unfolds. @param {Seat[]} some @param {(seat: Seat) => void} drop */
function lines(some, drop) {
  const each = some.map((seat) => line(seat, drop));
  const [first] = some;
  if (!first || some.length < SHORTEST) return each;
  const { item, name, far, cost, shape } = copy("run");
  name.textContent = bare(inRanges(some.map((seat) => seat.name)).join(t("、", ", ")));
  far.textContent = t(`${some.length} 席，每席 ${price(first.price, sign)}`, `${some.length} seats, ${price(first.price, sign)} each`);
  cost.textContent = price(some.length * first.price, sign);
  shape.append(mark(first));
  const run = /** @type {HTMLDetailsElement} */ (item.querySelector("details"));
  run.open = unfolded.has(first.row);
  run.addEventListener("toggle", () => (run.open ? unfolded.add(first.row) : unfolded.delete(first.row)));
  item.querySelector("ul")?.append(...each);
  return [item];
}

/** @param {Seat} seat @param {(seat: Seat) => void} drop */
function line(seat, drop) {
  const { item, name, far, cost, shape } = copy("seat");
  name.textContent = bare(seat.name);
  far.textContent = measures(seat);
  cost.textContent = price(seat.price, sign);
  shape.append(mark(seat));
  const button = /** @type {HTMLButtonElement} */ (item.querySelector("button"));
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")} ${seat.name}`);
  button.addEventListener("click", () => drop(seat));
  return item;
}

/** A line of the list, empty, and its parts. @param {"seat" | "run"} kind */
function copy(kind) {
  const template = /** @type {HTMLTemplateElement} */ (sheet.querySelector(`template[data-line=${kind}]`));
  const item = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const [name, far, cost, shape] = ["b", ".far", ".r", ".wide-mark"].map((at) => item.querySelector(at));
  if (!name || !far || !cost || !shape) throw new Error("the template of a chosen seat is incomplete");
  return { item, name, far, cost, shape };
}

/** @param {string} name */
const bare = (name) => name.replace(/ 号$/, "");

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
  const address = `/plans/${main.dataset.plan}/seats/${seat.id}/view.svg`;
  if (picture.getAttribute("src") !== address) picture.src = address;
  picture.alt = t(`${seat.name}看到的舞台`, `${seat.name}: the stage as one sees it from there`);
  const note = /** @type {HTMLElement} */ (seat.row).dataset.note;
  part("figcaption").textContent = t(`${seat.name}看出去。${note}`, `${seat.name}: what you see. ${note}`);
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
