/* Keeps a ticket's page as it was opened last, so that it opens without a network. */

const STORE = "ticket";
const SLOW = 4000; // ms, where the page is kept
const keeper = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

keeper.addEventListener("install", () => void keeper.skipWaiting());
keeper.addEventListener("activate", (event) => event.waitUntil(keeper.clients.claim()));
keeper.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(newest(event.request));
});

/** What the server says, else what it said last: also where it takes too long, or is being restarted.
 * @param {Request} request */
async function newest(request) {
  const cache = await caches.open(STORE);
  const kept = await known(cache, request);
  const patience = kept ? new Promise((_, give) => setTimeout(give, SLOW, new Error("slow"))) : null;
  try {
    const response = await Promise.race([fetch(request), ...(patience ? [patience] : [])]);
    if (response.ok) await cache.put(request, response.clone()).catch(() => {}); // a full disk loses nothing else
    return kept && response.status >= 500 ? marked(kept) : response;
  } catch {
    return kept ? marked(kept) : Response.error();
  }
}

/** A page is the same whatever a chat hangs on its link. @param {Cache} cache @param {Request} request */
const known = async (cache, request) =>
  (await cache.match(request)) ?? (request.mode === "navigate" ? cache.match(request, { ignoreSearch: true }) : undefined);

/** The time in it is long over. @param {Response} kept */
function marked(kept) {
  const headers = new Headers(kept.headers);
  headers.set("x-kept", "yes");
  return new Response(kept.body, { status: kept.status, headers });
}
