/* Send a ticket's link to a friend: the system's own way, else copied. Without a script it is a link. */

import { t } from "./words.js";

document.addEventListener("click", async (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("[data-share]"));
  if (!link || !(navigator.share || navigator.clipboard)) return;
  event.preventDefault();
  const said = /** @type {HTMLElement} */ (link.querySelector("[role=status]"));
  try {
    if (navigator.share) await navigator.share({ title: link.dataset.share, url: link.href });
    else await navigator.clipboard.writeText(`${link.dataset.share} ${link.href}`);
    if (!navigator.share) said.textContent = t("链接已复制", "Link copied");
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") location.href = link.href;
  }
});
