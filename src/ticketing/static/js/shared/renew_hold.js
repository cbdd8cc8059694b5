/* Near the end of a hold: offer its full minutes again, or say that there are no more. */

const NEAR = 1 / 5; // of the minutes

/** @param {number} left ms @param {number} whole ms @param {number} renewals how many are left */
export function showLonger(left, whole, renewals) {
  for (const part of document.querySelectorAll("[data-longer]")) {
    part.toggleAttribute("hidden", left <= 0);
    part.classList.toggle("far", left > whole * NEAR);
    part.querySelector("button")?.toggleAttribute("hidden", !renewals);
    part.querySelector("[data-no-more]")?.toggleAttribute("hidden", renewals > 0);
  }
}

/** @param {() => void} renew what the button does */
export function listenLonger(renew) {
  document.querySelector("#longer")?.addEventListener("submit", (event) => {
    event.preventDefault();
    renew();
  });
}
