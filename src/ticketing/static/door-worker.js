/* Keeps the door's pages and scripts, so that they open without a line. VERSION, SHELLS and FILES are told by the server. */

const NAME = `door-${VERSION}`;
const PATIENCE = 2000; // ms to wait for a page of the server's

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(keep()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event.request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(file(event.request));
});

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((/** @type {string} */ address) => new Request(address, { cache: "reload" })));
  await worker.skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("door-") && name !== NAME) await caches.delete(name);
  }
  await worker.clients.claim();
}

/** The app from what was kept; another page of the door from the server, and the app where it does not answer.
 * @param {Request} request @param {string} pathname */
async function page(request, pathname) {
  const shell = SHELLS.findLast((/** @type {string} */ each) => pathname.startsWith(each.replace("door/app", ""))) ?? "/door/app";
  const kept = async () => (await caches.match(shell)) ?? Response.error();
  if (pathname === shell) return (await caches.match(shell)) ?? fetch(request);
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return kept();
  }
}

/** @param {Request} request */
async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
