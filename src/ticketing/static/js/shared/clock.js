/* The server's clock: a page says in data-now what time it was, in ms, when the answer was made. */

import { t } from "./i18n.js";

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-now]"));
const [loaded] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
const offset = page && loaded?.transferSize // a page from the browser's own store tells an old time
  ? Number(page.dataset.now) - (performance.timeOrigin + (loaded?.responseStart ?? 0))
  : 0;

/** Milliseconds since 1970, as the server counts them. */
export const now = () => performance.timeOrigin + performance.now() + offset;

/** 09:58, 1:09:58 or 2 天 1 小时. @param {number} ms */
export function spell(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const time = [...(days || hours ? [hours] : []), ...parts].join(":");
  return days ? t(`${days} 天 ${hours} 小时`, `${days} day${days === 1 ? "" : "s"} ${hours} h`) : time;
}

/**
 * Call `tick` with the time left, now and about each second, and `over` once. Returns how to stop it.
 * @param {number} until @param {(left: number) => void} tick @param {() => void} over
 */
export function countdown(until, tick, over) {
  const timer = setInterval(step, 500);
  function step() {
    const left = until - now();
    tick(left);
    if (left > 0) return;
    clearInterval(timer);
    over();
  }
  step();
  return () => clearInterval(timer);
}
