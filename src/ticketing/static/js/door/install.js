/* The pages of the door, kept by the browser, so that they open without a line. */

import { find } from "./status_bar.js";
import { t } from "../shared/i18n.js";

/** Resolves when the pages are kept, or never will be. @returns {Promise<void>} */
export async function keepThePages() {
  const place = find("[data-pages]");
  const scope = `${document.documentElement.dataset.prefix}/door`;
  try {
    place.textContent = t("正在准备离线…", "Getting ready…");
    await navigator.serviceWorker.register("/door-worker.js", { scope });
    await navigator.serviceWorker.ready;
    place.textContent = t("可离线", "Works offline");
    void navigator.storage?.persist?.().catch(() => false); // Firefox asks its user first, who may never answer
  } catch {
    place.textContent = t("关掉后要联网才能再打开", "Once closed, needs the line to open");
  }
}
