/* What others do: the availability, asked for every two seconds while the page is looked at. */

import { Problem } from "../api.js";

/** @typedef {{ sold: string[], held: string[] }} Availability */
const EVERY = 2000; // ms
const LONGEST = 60000;

/** @param {string} performance @param {(found: Availability) => void} tell */
export function watch(performance, tell) {
  let tag = "";
  let wait = EVERY;
  let timer = 0;

  async function look() {
    clearTimeout(timer);
    try {
      const found = await ask(performance, tag);
      if (found) [tag] = [found.tag, tell(found.availability)];
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, LONGEST);
    }
    if (!document.hidden) timer = setTimeout(look, wait);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  timer = setTimeout(look, EVERY);
}

/** The availability and its tag; null while nothing has changed. @param {string} performance @param {string} tag */
async function ask(performance, tag) {
  const headers = tag ? { "if-none-match": tag } : undefined;
  const response = await fetch(`/api/performances/${performance}/availability`, { headers, cache: "no-store" });
  if (response.status === 304) return null;
  if (!response.ok) throw new Problem("unavailable", response.statusText);
  /** @type {Availability} */ const availability = await response.json();
  return { availability, tag: response.headers.get("etag") ?? "" };
}
