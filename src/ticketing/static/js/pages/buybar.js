/* One vermilion button at a time: the bar comes when the page's own button has left the screen. */

const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-buybar]"));
const own = document.querySelector("[data-buybar-after]");

if (bar && own) {
  new IntersectionObserver(([seen]) => {
    bar.hidden = !seen || seen.isIntersecting || !own.querySelector(".go");
  }).observe(own);
}
