/* What is not needed for every ticket: troubles, looking up, undoing, who this phone is. */

import { t } from "../shared/i18n.js";
import * as board from "./status_bar.js";
import { meant } from "./guests.js";
import * as line from "./connection.js";
import * as scans from "./scans.js";
import { troubles } from "./troubles.js";

/** @typedef {import("./gate.js").Gate} Gate */

/**
 * @typedef {import("./guests.js").Expected & { index: string, seat: string, standing: string, came_at: string | null }} Guest
 */

/** @type {Guest[]} who is expected, where a supervisor asked for it: in memory, and gone with the page */
let guests = [];

const UNDO_WITHIN = 15 * 60_000;
const MOST_FOUND = 40;
const { element, find, lang } = board;
const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.more"));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form.look"));

/** @param {Gate} gate @param {() => void} change to another gate */
export function ready(gate, change) {
  for (const part of document.querySelectorAll("dialog [data-supervisor]")) /** @type {HTMLElement} */ (part).hidden = !gate.supervises();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void look(gate, String(new FormData(form).get("q") ?? ""));
  });
  dialog.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (button?.dataset.close !== undefined) dialog.close();
    if (button?.dataset.do === "change") change();
    if (button?.dataset.do === "undo") void undo(gate);
    if (button?.dataset.do === "guests") void learnGuests(gate);
  });
}

/** @param {Gate} gate */
export function open(gate) {
  find("[data-troubles]").replaceChildren(...troubles(gate).map((text) => element("li", text)));
  find("[data-found]").replaceChildren();
  const list = /** @type {HTMLAnchorElement} */ (find("[data-list]"));
  const slug = gate.known?.manifest.performance.slug;
  list.hidden = !slug || !line.isUp();
  if (slug) list.href = `${document.documentElement.dataset.prefix}/door/${encodeURIComponent(gate.stand.gate)}/${slug}/list`;
  about(gate);
  dialog.showModal();
}

export const isOpen = () => dialog.open;

/** @param {Gate} gate */
function about({ device, known }) {
  const heard = line.lastHeard();
  const rows = [
    [t("设备", "Device"), device.name],
    [t("名单", "List"), known ? `${board.clock(known.manifest.as_of, known.manifest.performance.zone)}，${known.live()}` : t("没有", "none")],
    [t("上次联网", "Last contact"), heard ? board.clock(heard, known?.manifest.performance.zone ?? document.documentElement.dataset.zone ?? "UTC") : t("这次打开后还没有", "not since it was opened")],
    [t("待传", "Unsent"), String(scans.unsent().length)],
  ];
  find("[data-about]").replaceChildren(...rows.flatMap(([name = "", value = ""]) => [element("dt", name), element("dd", value)]));
}

/** @param {Gate} gate */
async function learnGuests(gate) {
  const { gate: name, performance } = gate.stand;
  const reply = await line.ask("GET", `/api/gates/${encodeURIComponent(name)}/guests?performance=${performance}`);
  if (reply?.status === 200) guests = reply.data;
  find("[data-guests]").textContent = reply?.status === 200
    ? t(`${guests.length} 张，只在内存里，关掉页面就没有了`, `${guests.length} tickets, in memory alone, gone with this page`)
    : t("现在连不上", "The line is down");
}

/** @param {Gate} gate @param {string} words */
async function look(gate, words) {
  const { gate: name, performance } = gate.stand;
  const reply = await line.ask("GET", `/api/gates/${encodeURIComponent(name)}/tickets?performance=${performance}&q=${encodeURIComponent(words)}`);
  const found = find("[data-found]");
  if (!reply && guests.length) {
    found.replaceChildren(...meant(guests, words).slice(0, MOST_FOUND).map((each) => ticket(gate, each)));
    if (!found.children.length) found.append(element("li", t("名单里没有", "Not in the list")));
    return;
  }
  if (!reply || reply.status !== 200) {
    found.replaceChildren(element("li", reply?.data?.detail ?? t("查票要联网，现在连不上。", "Looking up needs the line, which is down.")));
    return;
  }
  found.replaceChildren(...reply.data.map((/** @type {any} */ each) => ticket(gate, each)));
  if (!reply.data.length) found.append(element("li", t("没有找到", "Nothing found")));
}

/** @param {Gate} gate @param {Guest} each */
function ticket(gate, { index, number, seat, name, contact, standing, came_at }) {
  const item = element("li", "");
  const state = came_at ? t("已入场 ", "in since ") + came_at.slice(11, 16) : standing === "live" ? "" : standing === "unpaid" ? t("没有付款", "not paid") : t("已作废", "void");
  item.append(element("b", seat), element("span", `${number} ${name} ${contact} ${state}`));
  const button = element("button", t("验这张", "Check it"), { className: "btn small", type: "button" });
  button.addEventListener("click", () => {
    dialog.close();
    void gate.scan(number, { index });
  });
  item.append(button);
  return item;
}

/** Take the last entry or exit back. @param {Gate} gate */
async function undo(gate) {
  const moved = scans.all().filter(({ verdict, at, sent }) => sent && ["admitted", "left"].includes(verdict) && at > line.now() - UNDO_WITHIN);
  const last = moved.sort((a, b) => b.sequence - a.sequence)[0];
  const found = find("[data-found]");
  if (!last) {
    found.replaceChildren(element("li", t("15 分钟以内没有可撤销的进出。", "Nothing of the last 15 minutes can be taken back.")));
    return;
  }
  const body = { nonce: last.nonce, performance: last.performance };
  const reply = await line.ask("POST", `/api/gates/${encodeURIComponent(last.gate)}/undos`, body);
  if (reply?.status === 200) {
    await scans.change(last, { verdict: "undone" });
    if (last.index) gate.known?.hear(last.index, { ...scans.seen(last, gate.device.id), undone: true });
    gate.say(reply.data.inside);
  }
  const text = reply?.status === 200 ? t(`已撤销：${last.seat}`, `Taken back: ${last.seat}`) : reply?.data?.detail ?? t("撤销要联网，现在连不上。", "Undoing needs the line, which is down.");
  found.replaceChildren(element("li", text));
}
