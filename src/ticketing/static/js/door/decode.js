/* QR codes, read by zxing from our own server. */

import { prepareZXingModule, readBarcodes } from "/static/vendor/zxing/reader/index.js";

const WASM = "/static/vendor/zxing/zxing_reader.wasm";
const OPTIONS = { formats: /** @type {["QRCode"]} */ (["QRCode"]), maxNumberOfSymbols: 1 };

prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });

/** What the code in a picture says, "" where there is none. @param {Blob | ImageData} picture */
export async function decode(picture) {
  const [found] = await readBarcodes(picture, OPTIONS);
  return found?.text ?? "";
}
