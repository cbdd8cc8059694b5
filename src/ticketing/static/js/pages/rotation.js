/* A code that changes every half minute, drawn here: once the page was opened it needs no network. */

import encodeQR from "/static/vendor/qr/index.js";
import { bytes } from "../door/bytes.js";
import { STEP, moment } from "../door/rotating.js";
import { withMoment } from "../door/token.js";

const SCALE = 8; // pixels a module
const QUIET = 4; // modules

for (const picture of document.querySelectorAll("img[data-rotation]")) void turn(/** @type {HTMLImageElement} */ (picture));

/** @param {HTMLImageElement} picture */
async function turn(picture) {
  const response = await fetch(picture.dataset.rotation ?? "").catch(() => null);
  if (!response?.ok) return; // the server's picture stands, for a minute
  const { code, secret, now } = await response.json();
  const ahead = response.headers.get("x-kept") ? 0 : now - Date.now();
  const draw = () => {
    const at = Date.now() + ahead;
    picture.src = drawn(withMoment(code, moment(bytes(secret), at)));
    setTimeout(draw, STEP - (at % STEP));
  };
  draw();
  document.addEventListener("visibilitychange", () => void (document.hidden || draw()));
}

/** @param {string} text */
function drawn(text) {
  const rows = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: QUIET });
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = rows.length * SCALE;
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.fillStyle = "#000";
  rows.forEach((row, y) => row.forEach((dark, x) => dark && brush.fillRect(x * SCALE, y * SCALE, SCALE, SCALE)));
  return canvas.toDataURL();
}
