/* What others do: told by a stream as it happens, asked for where there is none; only while the page is seen. */

import { decode } from "./seat_bits.js";
import { poll } from "./poll.js";

/** @typedef {Map<string, "sold" | "held">} Gone the seats that are not free */
/** @typedef {{ sold: string[], held: string[] }} ByIds */
/** @typedef {{ seats: string }} InBits */
const LARGE = 1000; // seats: fewer are told by their ids
const SILENT = 6000; // ms without a word: something on the way keeps the stream back
const AGAIN = 60000; // ms of asking before a stream is tried again

/** The seats that are drawn, in the order of the plan: all, or from the first one on.
 *  @typedef {{ order: string[], first: number, part: boolean }} Drawn */

/** @param {string} performance @param {Drawn} drawn @param {(gone: Gone) => void} tell */
export function watch(performance, { order, first, part }, tell) {
  const form = part || order.length > LARGE ? "bits" : "ids";
  const address = `/api/performances/${performance}/availability`;
  /** @type {Gone} */ let gone = new Map();
  let stop = () => {};

  /** @param {ByIds | InBits} whole */
  const state = (whole) => tell((gone = "seats" in whole ? decode(whole.seats, order, first) : byIds(whole)));

  /** @param {ByIds & { freed: string[] }} news */
  function change(news) {
    for (const seat of news.freed) gone.delete(seat);
    for (const [seat, its] of byIds(news)) gone.set(seat, its);
    tell(gone);
  }

  function begin() {
    stop();
    stop = document.hidden ? () => {} : stream(`${address}/stream?form=${form}`, { state, change }, instead);
  }

  function instead() {
    stop();
    const end = poll(`${address}?form=${form}`, state);
    const timer = setTimeout(begin, AGAIN);
    stop = () => [end(), clearTimeout(timer)];
  }

  document.addEventListener("visibilitychange", begin);
  begin();
}

/** @param {string} address @param {Record<string, (told: any) => void>} hear by the event's name
 *  @param {() => void} fail called where it cannot be had */
function stream(address, hear, fail) {
  const source = new EventSource(address);
  const late = setTimeout(fail, SILENT);
  for (const [name, take] of Object.entries(hear))
    source.addEventListener(name, ({ data }) => [clearTimeout(late), take(JSON.parse(data))]);
  source.addEventListener("error", () => source.readyState === EventSource.CLOSED && fail());
  return () => [source.close(), clearTimeout(late)];
}

/** @param {ByIds} told @returns {Gone} */
function byIds({ sold, held }) {
  /** @type {Gone} */ const gone = new Map();
  for (const seat of held) gone.set(seat, "held");
  for (const seat of sold) gone.set(seat, "sold");
  return gone;
}
