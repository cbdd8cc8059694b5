/* Keeps this page and what it loaded on this device, so that it opens without a network: see ticket-worker. */

const SETTLED = 500; // ms after loading: scripts have asked for what they need

async function keep() {
  await navigator.serviceWorker.register("/ticket-worker.js", { scope: location.pathname });
  const cache = await caches.open("ticket");
  const page = location.href.replace(/#.*/, "");
  if (!(await cache.match(page))) await cache.add(page); // it came before the worker, who may have claimed it since
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  for (const name of new Set(loaded.filter((each) => each.startsWith(location.origin)))) {
    if (!(await cache.match(name))) await cache.add(name).catch(() => {}); // one that fails costs no other
  }
  document.documentElement.dataset.kept = "yes";
}

addEventListener("load", () => setTimeout(() => void keep().catch(() => {}), SETTLED));
