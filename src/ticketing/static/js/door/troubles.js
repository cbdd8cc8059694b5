/* What somebody should look at: who entered twice, who was let in and should not have been. */

import { t } from "../shared/i18n.js";
import { clock, lang } from "./status_bar.js";
import * as scans from "./scans.js";

/** @param {import("./gate.js").Gate} gate @returns {string[]} */
export function troubles(gate) {
  const { known, device, texts } = gate;
  if (!known) return [];
  const own = scans.all();
  const seat = (/** @type {string} */ index) => own.find((scan) => scan.index === index)?.seat || t("一张票", "a ticket");
  const at = (/** @type {import("./fold.js").Seen} */ scan) => `${clock(scan.at, gate.zone()).slice(0, 5)} ${known.label(scan.gate)[lang]}${scan.device === device.id ? t("（本机）", " (this phone)") : ""}`;
  const twice = known.twice().map(({ index, first, second }) => t(`${seat(index)} 进了两次：${at(first)}，${at(second)}`, `${seat(index)} entered twice: ${at(first)}, ${at(second)}`));
  const wrong = own.filter(({ after, verdict }) => after && verdict === "admitted" && after !== verdict && after !== "already_admitted");
  const why = (/** @type {scans.Scan} */ { after }) => texts.verdicts[after ?? ""]?.[lang].head;
  return [...twice, ...wrong.map((scan) => t(`${scan.seat || scan.short} 放进了，但是：${why(scan)}`, `${scan.seat || scan.short} was let in, but: ${why(scan)}`))];
}
