/* Which performance, and which gate: asked once, remembered, and known without a line. */

import { t } from "../shared/i18n.js";
import { clock, element, find, lang } from "./status_bar.js";
import * as line from "./connection.js";
import * as store from "./store.js";
import { title } from "./wording.js";

/**
 * @typedef {{ performance: string, number: number, title: { zh: string, en: string }, hall: { zh: string, en: string }, zone: string,
 *   doors_at: number, starts_at: number, ends_at: number, gates: { name: string, label: { zh: string, en: string } }[] }} Choice
 */

/** Where one may stand: what the server says, else what it said last. @returns {Promise<Choice[]>} */
export async function choices() {
  const reply = await line.ask("GET", "/api/devices/self");
  if (reply?.status === 200) await store.put("facts", "choices", reply.data.choices);
  return lastChoices();
}

/** @returns {Promise<Choice[]>} */
export const lastChoices = async () => (await store.get("facts", "choices")) ?? [];

/** @param {Choice[]} list @param {(choice: Choice, gate: string) => void} chosen */
export function show(list, chosen) {
  find("[data-said]").textContent = list.length ? t("站在哪个门？", "At which gate?") : t("没有要验票的场次", "No performance to come");
  find("[data-why]").textContent = line.isUp() ? "" : t("现在没有网络，列出的是上次记下的。", "No line now: this is what was known last.");
  find("[data-choices]").replaceChildren(...list.map((choice) => row(choice, chosen)));
}

/** @param {Choice} choice @param {(choice: Choice, gate: string) => void} chosen */
function row(choice, chosen) {
  const { starts_at, zone, gates, hall } = choice;
  const day = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", { month: "long", day: "numeric", timeZone: zone }).format(starts_at);
  const what = element("p", title(choice.title, lang), { className: "what" });
  what.append(element("small", hall[lang]));
  const acts = element("p", "", { className: "acts" });
  for (const { name, label } of gates) {
    const button = element("button", label[lang], { className: "btn small" });
    button.addEventListener("click", () => chosen(choice, name));
    acts.append(button);
  }
  const item = document.createElement("li");
  item.append(what, element("p", `${day} ${clock(starts_at, zone).slice(0, 5)}`, { className: "when" }), acts);
  return item;
}

/** Nobody knows this phone. @param {string} problem */
export function unpaired(problem) {
  find("[data-said]").textContent = t("这部手机还没有配对", "This phone is not paired yet");
  find("[data-why]").textContent = problem || t("请主办方在“验票设备”里生成配对码，用手机相机扫一下；或者用员工账号登录。",
    "Ask the organiser for a pairing code (Devices) and scan it with the phone's camera; or sign in as staff.");
  find("[data-unpaired]").hidden = false;
}
