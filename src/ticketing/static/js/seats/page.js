/* The seat page: wires the map, the list of rows, the sheet and the server together. */

import { listenLonger } from "../shared/renew_hold.js";
import { t } from "../shared/i18n.js";
import { Choice } from "./choice.js";
import { clash } from "./clash.js";
import { watch } from "./live.js";
import * as map from "./map.js";
import * as sheet from "./sheet.js";
import * as zoom from "./zoom.js";

/** @typedef {import("../shared/api.js").Problem} Problem */
/** @typedef {import("./map.js").Seat} Seat */

const main = /** @type {HTMLElement} */ (document.querySelector("[data-performance]"));
const { performance: id = "", most = "1", hold = "", section = "", first = "0" } = main.dataset;
const seats = map.readSeats();
const choice = new Choice(id);
/** @type {Map<string, map.State>} */
const others = new Map([...seats.values()].filter((seat) => seat.state !== "mine").map((seat) => [seat.id, seat.state]));

function render() {
  for (const seat of seats.values()) map.paint(seat, stateOf(seat));
  sheet.showChoice([...seats.values()].filter((seat) => choice.wanted.has(seat.id)), choice, toggle);
  sheet.showView(seats.get([...choice.wanted].at(-1) ?? ""));
  sheet.showClock(choice.until, choice.renewals, lapse);
  showWhatIsLeft();
  for (const left of map.all("[data-left]")) left.textContent = countLeft(left.dataset.left ?? "");
}

/** @param {Seat} seat */
function stateOf({ id }) {
  if (choice.wanted.has(id)) return choice.held.has(id) ? "mine" : "wanted";
  return others.get(id) ?? "free";
}

/** Nothing is found for anybody in a house that is sold out. */
function showWhatIsLeft() {
  const some = choice.wanted.size > 0 || [...seats.values()].some((seat) => seat.state === "free");
  for (const part of map.all("[data-best], [data-some-left]")) part.hidden = !some;
  for (const part of map.all("[data-none-left]")) part.hidden = some;
}

/** @param {string} section */
function countLeft(section) {
  const left = [...seats.values()].filter((seat) => seat.section === section && seat.state === "free").length;
  return t(`余 ${left}`, `${left} left`);
}

/** @param {Seat} seat */
function toggle(seat) {
  sheet.showTrouble("");
  if (choice.wanted.has(seat.id)) return void choice.change([], [seat.id]);
  if (seat.state !== "free") return sheet.say(refused(seat));
  if (choice.wanted.size >= Number(most))
    sheet.showTrouble(t(`一次最多选 ${most} 个座位。`, `At most ${most} seats at a time.`));
  else return void choice.change([seat.id], []);
  render();
}

/** @param {Seat} seat */
const refused = ({ name, state }) =>
  state === "sold" ? t(`${name}：已售，不能选`, `${name}: sold, it cannot be chosen`)
    : t(`${name}：锁定，不能选`, `${name}: held, it cannot be chosen`);

function lapse() {
  const lost = choice.lapse();
  sheet.showTrouble(
    t("为你留座的时间到了，座位已放回。", "Your time is up; the seats were given back."),
    t("还想要的话，可以再留一次。", " Still want them?"),
    { word: t("再留一次", "Keep them again"), act: () => void choice.change(lost, []) },
  );
}

/** @param {Seat[]} lost @param {Seat[]} offer */
function yieldTo(lost, offer) {
  for (const seat of lost) others.set(seat.id, "held");
  for (const seat of offer) others.delete(seat.id);
  render();
  const { gone, free, word, add, drop } = clash(lost, offer, choice.wanted);
  sheet.showTrouble(gone, free, add.length ? { word, act: () => void choice.change(add, drop) } : undefined);
}

/** A seat would be left single: show those beside. @param {string} said @param {Seat[]} offer */
function showBeside(said, offer) {
  const { free, word, add, drop } = clash([], offer, choice.wanted);
  sheet.showTrouble(said, free, { word, act: () => void choice.change(add, drop) });
}

/** @param {number} count */
function showSplit(count) {
  sheet.showTrouble(
    t(`${count} 个连着的座位没有了。`, `No ${count} seats side by side are left.`),
    t("替你挑了离得最近的，散场还是一起走。", " These are as near each other as can be."),
  );
}

/** The seats in the order of the room. @param {string[]} [ids] */
const named = (ids) => [...seats.values()].filter((seat) => ids?.includes(seat.id));

/** @param {Problem} problem */
function explain(problem) {
  if (problem.type === "seats-taken") yieldTo(named(problem.fields.seats), named(problem.fields.offer));
  else if (problem.type === "orphan-seat") showBeside(problem.message, named(problem.fields.suggestion));
  else sheet.showTrouble(problem.message);
}

/** A finger needs no aim: far from the map it takes the nearest seat, and comes near. @param {MouseEvent} event */
function tap(event) {
  const small = zoom.far() && matchMedia("(pointer: coarse)").matches;
  const seat = map.seatOf(seats, event) ?? (small ? map.seatAt(seats, event.clientX, event.clientY) : undefined);
  if (seat) toggle(seat);
  if (small) zoom.near(event.clientX, event.clientY);
}

/** @param {import("./live.js").Gone} gone */
function follow(gone) {
  others.clear();
  for (const [seat, state] of gone)
    if (state === "sold" || !(choice.held.has(seat) || choice.wanted.has(seat))) others.set(seat, state);
  render();
}

function listen() {
  map.listen(seats, toggle);
  zoom.listen();
  document.querySelector("[data-map]")?.addEventListener("click", (event) => tap(/** @type {MouseEvent} */ (event)));
  document.querySelector("[data-rows]")?.addEventListener("change", ({ target }) => {
    const seat = seats.get(/** @type {HTMLInputElement} */ (target).value);
    if (seat) toggle(seat);
  });
  document.querySelector("[data-best]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    sheet.showTrouble("");
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    zoom.to(1); // the best seats may be anywhere
    void choice.best(Number(form.get("quantity")), section);
  });
  listenLonger(() => void choice.renew());
  choice.addEventListener("change", render);
  choice.addEventListener("split", (event) => showSplit(/** @type {CustomEvent<number>} */ (event).detail));
  choice.addEventListener("trouble", (event) => explain(/** @type {CustomEvent<Problem>} */ (event).detail));
}

/** A hold that was placed in another section: ask for the page that knows its seats too. */
function meet() {
  const away = [...choice.held].some((seat) => !seats.has(seat));
  if (away && !hold) location.replace(`?${new URLSearchParams({ section, hold: choice.token })}`);
}

listen();
void choice.resume(hold).then(meet);
watch(id, { order: map.order(), first: Number(first), part: section !== "" }, follow);
