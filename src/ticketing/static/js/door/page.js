/* The door: a code is seen, sent and answered; the next one. */

import { clock, find, inside, line, list } from "./board.js";
import * as camera from "./camera.js";
import { decode } from "./decode.js";
import * as screen from "./screen.js";
import { silent, whenHeard } from "./sound.js";
import * as typed from "./typed.js";
import { count, remember, send, sendAll, unsent } from "./unsent.js";
import { t } from "../words.js";

/** @typedef {import("./unsent.js").Verdict} Verdict */
/** @typedef {import("./unsent.js").Attempt} Attempt */

const SAME = 3000; // ms within which the same code is the same phone, still held up
const LOOK_ROUND = 10_000; // ms between two questions how many are inside

const video = /** @type {HTMLVideoElement} */ (find("video"));
const photo = /** @type {HTMLInputElement} */ (find("[data-photo]"));
const torch = /** @type {HTMLButtonElement} */ (find('[data-open="torch"]'));

/** @type {Map<string, number>} */
const seenAt = new Map();
let busy = false;

/** @param {string} code */
function seen(code) {
  const last = seenAt.get(code) ?? -SAME;
  seenAt.set(code, performance.now());
  const free = !busy && !screen.isOpen() && !typed.isOpen();
  if (free && performance.now() - last >= SAME) void scan(code);
}

/** @param {string} code */
async function scan(code) {
  busy = true;
  find(".frame").classList.add("caught");
  const attempt = remember(code);
  const answer = await send(attempt);
  find(".frame").classList.remove("caught");
  busy = false;
  line(typeof answer === "string" ? answer : null);
  await (typeof answer === "string" ? screen.show(screen.waiting(answer), waiting()) : tell(attempt, answer));
  seenAt.set(code, performance.now()); // however long it was read
}

const waiting = () => t(`待传 ${unsent().length}`, `${unsent().length} unsent`);

/** @param {Attempt} attempt @param {Verdict} answer */
function tell(attempt, answer) {
  list(attempt, answer);
  return screen.show(answer.screen, inside(answer.inside));
}

/** A scan that had waited: silent where it let somebody in. @param {Attempt} attempt @param {Verdict} answer */
async function tellLate(attempt, answer) {
  line(null);
  list(attempt, answer);
  if (answer.screen.sign === "yes") return;
  const when = clock(attempt.at);
  const why = t(`${when} 扫的，刚刚补传。${answer.message}`, `Scanned ${when}, sent just now. ${answer.message}`);
  await screen.show({ ...answer.screen, why }, inside(answer.inside));
}

/** See how the line is, and send what waits. */
async function lookRound() {
  const answer = await count();
  line(typeof answer === "string" ? answer : null);
  if (typeof answer === "string") return;
  inside(answer.inside);
  await sendAll(tellLate);
}

async function lookOut() {
  try {
    await camera.open(video);
    find(".blind").hidden = true;
    torch.disabled = !camera.hasTorch(video);
  } catch (error) {
    find(".blind").hidden = false;
    find(".blind p").textContent = camera.why(error);
  }
}

async function readPhoto() {
  const [picture] = photo.files ?? [];
  if (!picture) return;
  const code = await decode(picture).catch(() => "");
  photo.value = "";
  if (code) return scan(code);
  const why = t("照片里没有二维码。靠近些，再拍一张。", "There is no code in this photo. Come closer and take another.");
  await screen.show({ sign: "wait", head: t("没看清", "Not seen"), where: [], why }, inside(NaN));
}

async function switchTorch() {
  const on = torch.getAttribute("aria-pressed") !== "true";
  await camera.torch(video, on);
  torch.setAttribute("aria-pressed", String(on));
}

function sayHint() {
  const aim = t("对准二维码，自动连扫", "Hold the code in the frame");
  find(".hint").textContent = silent() ? aim + t("；点一下屏幕，打开声音", "; tap once for sound") : aim;
}

const open = { torch: switchTorch, typed: typed.open, photo: () => photo.click() };
for (const button of document.querySelectorAll("button[data-open]")) {
  const name = /** @type {keyof typeof open} */ (button.getAttribute("data-open"));
  button.addEventListener("click", () => void open[name]());
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && camera.lost(video)) void lookOut();
});
for (const change of ["online", "offline"]) addEventListener(change, () => void lookRound());
addEventListener("keydown", screen.close);
photo.addEventListener("change", readPhoto);

typed.listen(scan);
sayHint();
whenHeard(sayHint);
setInterval(() => void lookRound(), LOOK_ROUND);
void lookRound();
void lookOut();
camera.watch(video, seen).catch(() => {
  find(".hint").textContent = t("扫码程序没有载入，请刷新。", "The scanner did not load: please reload.");
});
