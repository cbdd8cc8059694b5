/* Who this phone is: paired by the organiser's code, or made a device by whoever signed in on it. */

import * as line from "./connection.js";

/** @typedef {import("./connection.js").Device} Device */

const PAIR = /^#pair=([a-z2-7]+)$/;

/** The secret in a pairing's code or address, "" in any other. @param {string} text */
export const pairing = (text) => PAIR.exec(text.slice(Math.max(0, text.indexOf("#"))))?.[1] ?? "";

/** @returns {Promise<{ device: Device | null, problem: string }>} */
export async function arrive() {
  const known = await line.whoami();
  const secret = pairing(location.hash);
  if (secret) {
    history.replaceState(null, "", location.pathname);
    return become("/api/devices/pairings", { secret }, known);
  }
  const { csrf = "", supervises = "" } = /** @type {HTMLElement | null} */ (document.querySelector("[data-csrf]"))?.dataset ?? {};
  const enough = known && !(supervises && known.role === "usher"); // whoever signed in may do more than this phone
  return enough || !csrf ? { device: known, problem: "" } : become("/api/devices", { name: nickname() }, known, csrf);
}

/** @param {string} path @param {object} wish @param {Device | null} before @param {string} [csrf] */
export async function become(path, wish, before, csrf = "") {
  const headers = { "content-type": "application/json", "accept-language": document.documentElement.lang, "x-csrftoken": csrf };
  try {
    const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(wish) });
    const answer = await response.json();
    if (!response.ok) return { device: before, problem: String(answer.detail ?? "") };
    await line.become(answer);
    return { device: /** @type {Device} */ (answer), problem: "" };
  } catch {
    return { device: before, problem: "" };
  }
}

/** What the office calls it: Android, Chrome. */
function nickname() {
  const agent = navigator.userAgent;
  const system = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"].find((name) => agent.includes(name)) ?? "";
  const browser = ["MicroMessenger", "Edg", "Firefox", "Chrome", "Safari"].find((name) => agent.includes(name)) ?? "";
  return [system, browser === "MicroMessenger" ? "WeChat" : browser].filter(Boolean).join(", ");
}
