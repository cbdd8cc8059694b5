/* Keeps a ticket's page as it was opened last, so that it opens without a network. */

const STORE = "ticket";
const keeper = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

keeper.addEventListener("install", () => void keeper.skipWaiting());
keeper.addEventListener("activate", (event) => event.waitUntil(keeper.clients.claim()));
keeper.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(newest(event.request));
});

/** What the server says, else what it said last. @param {Request} request */
async function newest(request) {
  const cache = await caches.open(STORE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch {
    const kept = await cache.match(request);
    return kept ? marked(kept) : Response.error();
  }
}

/** The time in it is long over. @param {Response} kept */
function marked(kept) {
  const headers = new Headers(kept.headers);
  headers.set("x-kept", "yes");
  return new Response(kept.body, { status: kept.status, headers });
}
