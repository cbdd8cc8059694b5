/* Tables that sort: a head with data-key gets a button; cells say what they are worth in data-value. */

/** @param {ParentNode} root @param {string} selector */
const all = (root, selector) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);

for (const table of all(document, "table[data-sort]")) {
  for (const head of all(table, "th[data-key]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, /** @type {HTMLTableCellElement} */ (head)));
  }
}

/** Sort by this column; again turns the order round. @param {HTMLElement} table @param {HTMLTableCellElement} head */
function sort(table, head) {
  const falling = head.ariaSort === "ascending";
  for (const other of all(table, "th[data-key]")) other.removeAttribute("aria-sort");
  head.ariaSort = falling ? "descending" : "ascending";
  const value = (/** @type {HTMLElement} */ row) =>
    Number(/** @type {HTMLElement} */ (row.children[head.cellIndex]).dataset.value);
  const rows = all(table, "tbody tr").sort((a, b) => (value(a) - value(b)) * (falling ? -1 : 1));
  table.querySelector("tbody")?.append(...rows);
}
