/* My tickets: the links that this device remembers. */

import { remembered } from "../shared/remembered.js";

const list = /** @type {HTMLElement} */ (document.querySelector("[data-orders]"));
const orders = remembered();
for (const { secret, title } of orders) {
  const [item, link] = [document.createElement("li"), document.createElement("a")];
  link.href = list.dataset.orders + encodeURIComponent(secret);
  link.textContent = title;
  link.className = "when"; // dates stay tight
  item.append(link);
  list.append(item);
}
/** @type {HTMLElement} */ (document.querySelector("[data-none]")).hidden = orders.length > 0;
