/* The door: who we are, where we stand, and what is held before the camera. */

import { t } from "../shared/i18n.js";
import { find, inside } from "./status_bar.js";
import * as camera from "./camera.js";
import { choices, lastChoices, show, unpaired } from "./choose.js";
import { decode } from "./decode.js";
import { arrive, become, pairing } from "./device.js";
import { Gate } from "./gate.js";
import { keepThePages } from "./install.js";
import * as line from "./connection.js";
import * as more from "./supervisor.js";
import * as scans from "./scans.js";
import * as screen from "./screen.js";
import { silent, whenHeard } from "./sound.js";
import * as store from "./store.js";
import { recall } from "./sync.js";
import * as typed from "./typed.js";

const SAME = 3000; // ms within which the same code is the same phone, still held up

const door = find(".door");
const video = /** @type {HTMLVideoElement} */ (find("video"));
const photo = /** @type {HTMLInputElement} */ (find("[data-photo]"));
const torch = /** @type {HTMLButtonElement} */ (find('[data-open="torch"]'));

/** @type {Map<string, number>} */
const seenAt = new Map();

async function begin() {
  line.on("shut-out", shutOut);
  const { device, problem } = await arrive();
  if (!device) return unpaired(problem);
  await scans.load();
  void keepThePages();
  const { gate: name = "", performance = "" } = door.dataset;
  const stand = name ? { gate: name, performance } : await store.get("facts", "stand");
  if (!stand) return show(await choices(), (choice, at) => void choose(choice.performance, at));
  await store.put("facts", "stand", stand);
  const texts = JSON.parse(find("[data-texts]").textContent);
  const gate = new Gate({ stand, device, known: await recall(stand, device.id), texts, choices: await lastChoices() });
  run(gate);
  gate.choices = await choices();
}

/** @param {string} performance @param {string} gate */
async function choose(performance, gate) {
  await store.put("facts", "stand", { performance, gate });
  location.reload();
}

async function leave() {
  await store.drop("facts", "stand");
  location.href = `${document.documentElement.dataset.prefix}/door/app`;
}

/** @param {Gate} gate */
function run(gate) {
  document.querySelector("[data-choose]")?.remove();
  door.hidden = false;
  const way = find('[data-open="way"]');
  const open = {
    torch: switchTorch, typed: typed.open, photo: () => photo.click(), more: () => more.open(gate),
    waiting: () => gate.letWaitingIn(), way: () => turn(gate, way),
  };
  for (const button of document.querySelectorAll("button[data-open]")) {
    const name = /** @type {keyof typeof open} */ (button.getAttribute("data-open"));
    button.addEventListener("click", () => void open[name]());
    /** @type {HTMLButtonElement} */ (button).disabled = name === "torch";
  }
  more.ready(gate, () => void leave());
  const scan = (/** @type {string} */ code) => void met(gate, code);
  photo.addEventListener("change", () => void readPhoto(scan));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void (camera.lost(video) ? lookOut() : camera.stayAwake());
  });
  addEventListener("keydown", screen.close);
  typed.listen(scan);
  sayHint();
  whenHeard(sayHint);
  gate.start();
  void lookOut();
  camera.watch(video, (code) => seen(gate, code)).catch(() => {
    find(".hint").textContent = t("扫码程序没有载入，请刷新。", "The scanner did not load: please reload.");
  });
}

/** @param {Gate} gate @param {string} code */
function seen(gate, code) {
  const now = performance.now();
  const last = seenAt.get(code);
  if (last !== undefined && now - last < SAME) {
    seenAt.set(code, now); // still held up
  } else if (!gate.busy && screen.isRead() && !typed.isOpen() && !more.isOpen()) {
    void met(gate, code);
  }
}

/** @param {Gate} gate @param {string} code */
async function met(gate, code) {
  if (pairing(code)) return void pairAnew(code);
  seenAt.set(code, performance.now());
  await gate.scan(code);
  seenAt.set(code, performance.now()); // however long it was read
}

/** The organiser's code, held before a phone that is a device already. @param {string} code */
async function pairAnew(code) {
  const { device, problem } = await become("/api/devices/pairings", { secret: pairing(code) }, null);
  if (device) return leave();
  await screen.show({ sign: "no", head: t("没有配对", "Not paired"), where: [], why: problem }, inside(NaN));
}

/** @param {Gate} gate @param {HTMLElement} button */
function turn(gate, button) {
  gate.way = gate.way === "in" ? "out" : "in";
  button.setAttribute("aria-pressed", String(gate.way === "out"));
  find("[data-way]").textContent = gate.way === "in" ? t("进场", "way in") : t("出场", "way out");
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

/** @param {(code: string) => void} scan */
async function readPhoto(scan) {
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

/** The organiser has shut this phone out; what it knows goes if that was asked for. @param {{ wipe: boolean, revoked: boolean }} why */
async function shutOut({ wipe, revoked }) {
  if (wipe) {
    await line.ask("DELETE", "/api/devices/self");
    await store.wipe();
  }
  const why = wipe ? t("主办方已停用这部手机，资料已清除。", "The organiser shut this phone out; what it knew is gone.")
    : revoked ? t("主办方已停用这部手机，请找主办方重新配对。没传完的扫码还留着。", "The organiser shut this phone out: ask to be paired anew. Scans that were not sent are kept.")
    : t("这部手机的配对失效了，请重新配对或登录。", "This phone's pairing is no longer good: pair it anew or sign in.");
  screen.stay({ sign: "no", head: t("已停用", "Shut out"), where: [], why });
}

void begin();
