/* A part of a page that is asked for again every few seconds, while somebody looks. */

const EVERY = 5000; // ms

setInterval(async () => {
  const part = document.querySelector("[data-follow]");
  if (!part || document.hidden) return;
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-follow]");
  if (fresh) part.replaceChildren(...fresh.childNodes);
}, EVERY);
