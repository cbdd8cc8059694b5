/* Several tickets on a phone: the chip of the one on screen is marked, and in view. */

const tickets = /** @type {HTMLElement | null} */ (document.querySelector(".tickets"));
const pager = /** @type {HTMLElement | null} */ (document.querySelector(".pager"));

/** @param {string} id of the ticket on screen */
function mark(id) {
  for (const chip of /** @type {NodeListOf<HTMLElement>} */ (pager?.querySelectorAll("a") ?? [])) {
    if (chip.getAttribute("href") !== `#${id}`) chip.removeAttribute("aria-current");
    else if (!chip.hasAttribute("aria-current")) {
      chip.setAttribute("aria-current", "true");
      const { offsetLeft, offsetWidth } = chip;
      pager?.scrollTo({ left: offsetLeft - (pager.clientWidth - offsetWidth) / 2 });
    }
  }
}

if (tickets && pager) {
  const seen = new IntersectionObserver(
    (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && mark(target.id)),
    { root: tickets, threshold: 0.6 },
  );
  for (const ticket of tickets.children) seen.observe(ticket);
  pager.addEventListener("click", (event) => {
    const chip = /** @type {Element} */ (event.target).closest("a");
    if (!chip) return;
    event.preventDefault(); // the page stays where it is: only the tickets move
    document.querySelector(chip.getAttribute("href") ?? "")?.scrollIntoView({ block: "nearest", inline: "center" });
  });
}
