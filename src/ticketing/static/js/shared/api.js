/* Calls of the JSON doors: an answer, or a Problem with a sentence for the reader. */

import { t } from "./i18n.js";

export class Problem extends Error {
  /** @param {string} type @param {string} sentence @param {Record<string, any>} fields */
  constructor(type, sentence, fields = {}) {
    super(sentence);
    this.type = type;
    this.fields = fields;
  }
}

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
export async function ask(method, path, body) {
  const response = await send(method, path, body);
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const sentence = answer.detail || t("没有成功，请再试一次。", "That did not work: please try again.");
  throw new Problem(String(answer.type ?? "").replace("/problems/", ""), sentence, answer);
}

/** @param {string} method @param {string} path @param {unknown} body */
async function send(method, path, body) {
  const headers = { "accept-language": document.documentElement.lang, "content-type": "application/json" };
  try {
    return await fetch(path, { method, headers, body: JSON.stringify(body), cache: "no-store" });
  } catch {
    throw new Problem("offline", t("网络断了，什么都没有改变。", "You are offline: nothing has changed."));
  }
}
