/* The numbers stay true while the page is open: it is asked for again and what differs is changed. */

const EVERY = 10_000; // ms, and a little more, so that not all come at once
let asked = 0;

/** The server's last word for each part, not what scripts made of it. @type {Map<string, string>} */
const said = new Map();
for (const [name, part] of parts(document)) said.set(name, part.innerHTML);

/** Show the page at this address in place of the parts of this one. @param {string} address */
export async function refresh(address) {
  const mine = ++asked;
  const answer = await fetch(address, { cache: "no-cache" }).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  if (mine !== asked) return; // a later question is on its way
  const fresh = parts(new DOMParser().parseFromString(html, "text/html"));
  for (const [name, part] of parts(document)) swap(name, part, fresh.get(name)?.innerHTML ?? "");
}

/** @param {string} name @param {HTMLElement} part @param {string} html */
function swap(name, part, html) {
  if (said.get(name) === html || part.contains(document.activeElement)) return;
  said.set(name, html);
  part.innerHTML = html;
}

/** @param {Document} page */
function parts(page) {
  const found = /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-swap]"));
  return new Map([...found].map((part) => [part.dataset.swap ?? "", part]));
}

function again() {
  setTimeout(async () => {
    if (document.visibilityState === "visible") await refresh(location.href);
    again();
  }, EVERY * (1 + Math.random() / 4));
}

if (document.querySelector("[data-live]")) again();
