/* Somebody was quicker: which seats went, and those that the server offers instead. */

import { t } from "../shared/i18n.js";

/** @typedef {import("./map.js").Seat} Seat */

/**
 * What to say, the word on the button, and the change that it makes.
 * @param {Seat[]} lost @param {Seat[]} offer all the seats to have instead @param {Set<string>} wanted what is left of the choice
 */
export function clash(lost, offer, wanted) {
  const fresh = offer.filter((seat) => !wanted.has(seat.id));
  const drop = offer.length ? [...wanted].filter((id) => !offer.some((seat) => seat.id === id)) : [];
  return {
    gone: t(`${names(lost)}刚被别人选走。`, `${names(lost)}: taken by somebody else just now.`),
    free: free(fresh),
    word: word(fresh, drop),
    add: fresh.map((seat) => seat.id),
    drop,
  };
}

/** @param {Seat[]} seats */
const names = (seats) => seats.map((seat) => seat.name).join(t("、", ", "));

/** @param {Seat[]} fresh */
function free(fresh) {
  if (!fresh.length) return t("没有一样的座位了，请在图上另选。", " None like it is left: please choose on the map.");
  return t(`${names(fresh)}还空着。`, ` Still free: ${names(fresh)}.`);
}

/** @param {Seat[]} fresh @param {string[]} drop */
function word(fresh, drop) {
  const number = fresh[0]?.number;
  if (fresh.length === 1)
    return drop.length ? t(`换 ${number} 号`, `Take number ${number}`) : t(`加 ${number} 号`, `Add number ${number}`);
  return t(`换这 ${fresh.length} 个`, `Take these ${fresh.length}`);
}
