/* Send a ticket's link to a friend: the system's own way, else copied. Without a script it is a link.
   The links of all others are one text, which opening it copies. */

import { t } from "./i18n.js";

const SHOWN = 4000; // ms
const said = /** @type {HTMLElement} */ (document.querySelector("[data-said]"));
let timer = 0;

/** @param {string} text */
function say(text) {
  said.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (said.textContent = ""), SHOWN);
}

document.addEventListener("click", async (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("[data-share]"));
  if (!link || !(navigator.share || navigator.clipboard)) return;
  event.preventDefault();
  try {
    if (navigator.share) await navigator.share({ title: link.dataset.share, url: link.href });
    else {
      await navigator.clipboard.writeText(`${link.dataset.share} ${link.href}`);
      say(t("链接已复制", "Link copied"));
    }
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") location.href = link.href;
  }
});

const links = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-links]"));
links?.addEventListener("toggle", async () => {
  const text = /** @type {HTMLTextAreaElement} */ (links.querySelector("textarea"));
  if (!links.open) return;
  text.select();
  try {
    await navigator.clipboard.writeText(text.value.trim());
    say(t("链接已复制，贴进群里就行", "Links copied: paste them into your group"));
  } catch {
    say(t("请长按文字，全选，复制", "Press and hold the text, select all, copy")); // no clipboard here
  }
});
