/* What this device remembers; a browser that forbids it forgets. */

/** @param {"localStorage" | "sessionStorage"} where @param {string} name */
export function kept(where, name) {
  try {
    return window[where].getItem(name);
  } catch {
    return null;
  }
}

/** @param {"localStorage" | "sessionStorage"} where @param {string} name @param {string | null} value */
export function keep(where, name, value) {
  try {
    if (value === null) window[where].removeItem(name);
    else window[where].setItem(name, value);
  } catch {
    // the page works without
  }
}
