/* The camera: its picture on the page, its codes to whoever listens, its torch. */

import { decode } from "./decode.js";
import { t } from "../shared/i18n.js";

const SIDE = 960; // px of the longer side that is searched: enough for a code of 37 modules
const SOFT = 2.5; // times smaller and back again
const PAUSE = 80; // ms between two looks
const WISH = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 1280 } };

/** Why there is no picture, in words. @param {unknown} error */
export function why(error) {
  if (!window.isSecureContext) {
    return t("这个地址不是 https，浏览器不给用摄像头。请用 https 打开；现在可以拍照或输票号。",
      "This address is not https, so the browser keeps the camera shut. Open it by https; a photo or the number works now.");
  }
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") {
    return t("摄像头没有得到允许。在浏览器里允许后刷新；现在可以拍照或输票号。",
      "The camera was not allowed. Allow it in the browser and reload; a photo or the number works now.");
  }
  if (name === "NotReadableError") {
    return t("摄像头被别的程序占着。关掉它再刷新；现在可以拍照或输票号。",
      "Another program has the camera. Close it and reload; a photo or the number works now.");
  }
  return t("这台设备没有摄像头。可以拍照上传，或输票号。", "This device has no camera: upload a photo, or type the number.");
}

/** Show the picture and stay awake; rejects where there is none. @param {HTMLVideoElement} video */
export async function open(video) {
  if (!navigator.mediaDevices) throw new Error("no camera here");
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: WISH });
  await video.play();
  await stayAwake();
}

/** The screen stays on; the browser lets go of it whenever the page was out of sight. */
export async function stayAwake() {
  await navigator.wakeLock?.request("screen").catch(() => {});
}

/** Look for codes for ever, a little at a time. @param {HTMLVideoElement} video @param {(code: string) => void} seen */
export async function watch(video, seen) {
  const [sharp, small] = [brush(), brush()];
  for (let soft = false; ; ) {
    /** @type {string} */
    const code = video.videoWidth && !document.hidden ? await decode(still(video, sharp, soft ? small : null)) : "";
    soft = !code && !soft; // every other look, until something is seen
    if (code) seen(code);
    await new Promise((next) => setTimeout(next, PAUSE));
  }
}

const brush = () => /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d", { willReadFrequently: true }));

/** What the camera sees; softened by way of ``small``, so that the cracks of a screen run into what is beside them.
 * @param {HTMLVideoElement} video @param {CanvasRenderingContext2D} sharp @param {CanvasRenderingContext2D | null} small */
function still(video, sharp, small) {
  const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  const source = small ? drawn(small, video, Math.round(width / SOFT), Math.round(height / SOFT)) : video;
  drawn(sharp, source, width, height);
  return sharp.getImageData(0, 0, width, height);
}

/** @param {CanvasRenderingContext2D} brush @param {CanvasImageSource} source @param {number} width @param {number} height */
function drawn(brush, source, width, height) {
  Object.assign(brush.canvas, { width, height });
  brush.drawImage(source, 0, 0, width, height);
  return brush.canvas;
}

/** Has the camera a light? @param {HTMLVideoElement} video */
export const hasTorch = (video) => "torch" in (track(video)?.getCapabilities?.() ?? {});

/** @param {HTMLVideoElement} video @param {boolean} on */
export async function torch(video, on) {
  const light = /** @type {MediaTrackConstraintSet} */ ({ torch: on });
  await track(video)?.applyConstraints({ advanced: [light] });
}

/** @param {HTMLVideoElement} video */
const track = (video) => (/** @type {MediaStream | null} */ (video.srcObject))?.getVideoTracks()[0];

/** A phone that was locked may have taken the camera away. @param {HTMLVideoElement} video */
export const lost = (video) => track(video)?.readyState === "ended";
