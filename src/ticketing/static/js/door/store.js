/* What this phone keeps when it is switched off: who it is, what it knows, what it scanned. */

const NAME = "door";
const STORES = ["facts", "manifests", "scans"];

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** @template T @param {string} store @param {IDBTransactionMode} mode @param {(at: IDBObjectStore) => IDBRequest<T>} act @returns {Promise<T>} */
async function run(store, mode, act) {
  const transaction = (await open()).transaction(store, mode, { durability: "strict" });
  const request = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {string} store @param {IDBValidKey} key @returns {Promise<any>} */
export const get = (store, key) => run(store, "readonly", (at) => at.get(key));

/** @param {string} store @returns {Promise<any[]>} by key */
export const all = (store) => run(store, "readonly", (at) => at.getAll());

/** Stored for good when it resolves. @param {string} store @param {IDBValidKey} key @param {unknown} value */
export const put = (store, key, value) => run(store, "readwrite", (at) => at.put(value, key));

/** Several at once, all or none. @param {[store: string, key: IDBValidKey, value: unknown][]} rows */
export async function putAll(rows) {
  const transaction = (await open()).transaction([...new Set(rows.map(([store]) => store))], "readwrite", { durability: "strict" });
  for (const [store, key, value] of rows) transaction.objectStore(store).put(value, key);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {string} store @param {IDBValidKey} key */
export const drop = (store, key) => run(store, "readwrite", (at) => at.delete(key));

/** Forget everything, the pages too. */
export async function wipe() {
  (await open()).close();
  opened = null;
  await new Promise((gone) => Object.assign(indexedDB.deleteDatabase(NAME), { onsuccess: gone, onerror: gone, onblocked: gone }));
  for (const name of await globalThis.caches?.keys() ?? []) await caches.delete(name);
  for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
}
