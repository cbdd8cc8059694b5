/* Asking every two seconds; less often while nobody answers. */

const EVERY = 2000; // ms
const LONGEST = 60000;

/** @param {string} address @param {(found: any) => void} tell @returns {() => void} what ends it */
export function poll(address, tell) {
  let tag = "";
  let wait = EVERY;
  let timer = 0;
  let over = false;

  async function look() {
    try {
      const response = await fetch(address, { headers: tag ? { "if-none-match": tag } : {}, cache: "no-store" });
      if (over) return;
      if (response.ok) tell(await response.json());
      tag = response.headers.get("etag") ?? "";
      wait = response.ok || response.status === 304 ? EVERY : Math.min(wait * 2, LONGEST);
    } catch {
      wait = Math.min(wait * 2, LONGEST);
    }
    if (!over) timer = setTimeout(look, wait);
  }

  void look();
  return () => {
    over = true;
    clearTimeout(timer);
  };
}
