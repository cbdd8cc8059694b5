/* The seat page: wires the map, the list of rows, the sheet and the server together. */

import { t } from "../words.js";
import { Choice } from "./choice.js";
import { instead } from "./clash.js";
import { watch } from "./live.js";
import * as map from "./map.js";
import * as sheet from "./sheet.js";
import * as zoom from "./zoom.js";

/** @typedef {import("../api.js").Problem} Problem */
/** @typedef {import("./map.js").Seat} Seat */

const main = /** @type {HTMLElement} */ (document.querySelector("[data-performance]"));
const { performance: id = "", most = "1", hold = "", section = "" } = main.dataset;
const seats = map.readSeats();
const choice = new Choice(id);
/** @type {Map<string, map.State>} */
const others = new Map([...seats.values()].filter((seat) => seat.state !== "mine").map((seat) => [seat.id, seat.state]));

function render() {
  for (const seat of seats.values()) map.paint(seat, stateOf(seat));
  const chosen = [...seats.values()].filter((seat) => seat.state === "mine");
  sheet.showChoice(chosen, choice.settled ? choice.token : "", toggle);
  sheet.showView(seats.get([...choice.wanted].at(-1) ?? ""));
  sheet.showClock(choice.until, lapse);
  for (const left of map.all("[data-left]")) left.textContent = countLeft(left.dataset.left ?? "");
}

/** @param {Seat} seat */
const stateOf = (seat) => (choice.wanted.has(seat.id) ? "mine" : (others.get(seat.id) ?? "free"));

/** @param {string} section */
function countLeft(section) {
  const left = [...seats.values()].filter((seat) => seat.section === section && seat.state === "free").length;
  return t(`余 ${left}`, `${left} left`);
}

/** @param {Seat} seat */
function toggle(seat) {
  sheet.showTrouble("");
  if (seat.state === "mine") return void choice.change([], [seat.id]);
  if (choice.wanted.size >= Number(most))
    sheet.showTrouble(t(`一次最多选 ${most} 个座位。`, `At most ${most} seats at a time.`));
  else if (seat.state === "free") return void choice.change([seat.id], []);
  render();
}

function lapse() {
  const lost = choice.lapse();
  sheet.showTrouble(
    t("为你留座的时间到了，座位已放回。", "Your time is up; the seats were given back."),
    t("还想要的话，可以再留一次。", " Still want them?"),
    { word: t("再留一次", "Keep them again"), act: () => void choice.change(lost, []) },
  );
}

/** @param {Seat[]} lost */
function clash(lost) {
  for (const seat of lost) others.set(seat.id, "held");
  render();
  const free = instead([...seats.values()], lost);
  const gone = names(lost);
  sheet.showTrouble(
    t(`${gone}刚被别人选走。`, `${gone} went to somebody else just now.`),
    free.length ? t(`${names(free)}还空着。`, ` ${names(free)} is free.`) : "",
    free.length ? { word: word(free), act: () => void choice.change(free.map((seat) => seat.id), []) } : undefined,
  );
}

/** @param {Seat[]} some */
const names = (some) => some.map((seat) => seat.name).join(t("、", ", "));

/** @param {Seat[]} free */
function word(free) {
  if (free.length > 1) return t(`换这 ${free.length} 个`, `Take these ${free.length}`);
  return t(`加 ${free[0]?.number} 号`, `Add number ${free[0]?.number}`);
}

/** @param {Problem} problem */
function explain(problem) {
  const named = (problem.fields.seats ?? []).map((/** @type {string} */ seat) => seats.get(seat)).filter(Boolean);
  if (problem.type === "seats-taken") clash(named);
  else sheet.showTrouble(problem.message);
}

/** A finger needs no aim: far from the map it takes the nearest seat, and comes near. @param {MouseEvent} event */
function tap(event) {
  const small = zoom.far() && matchMedia("(pointer: coarse)").matches;
  const seat = map.seatOf(seats, event) ?? (small ? map.seatAt(seats, event.clientX, event.clientY) : undefined);
  if (seat) toggle(seat);
  if (small) zoom.near(event.clientX, event.clientY);
}

/** @param {import("./live.js").Availability} found */
function follow(found) {
  others.clear();
  for (const seat of found.held) if (!choice.held.has(seat) && !choice.wanted.has(seat)) others.set(seat, "held");
  for (const seat of found.sold) others.set(seat, "sold");
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
  document.querySelector("a[href='#rows']")?.addEventListener("click", () => {
    document.querySelector("#rows")?.setAttribute("open", "");
  });
  choice.addEventListener("change", render);
  choice.addEventListener("trouble", (event) => explain(/** @type {CustomEvent<Problem>} */ (event).detail));
}

/** A hold that was placed in another section: ask for the page that knows its seats too. */
function meet() {
  const away = [...choice.held].some((seat) => !seats.has(seat));
  if (away && !hold) location.replace(`?${new URLSearchParams({ section, hold: choice.token })}`);
}

listen();
void choice.resume(hold).then(meet);
watch(id, follow);
