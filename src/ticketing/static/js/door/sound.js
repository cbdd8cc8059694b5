/* A verdict for the ear and the hand: rising, twice the same, a low buzz. */

/** @typedef {"yes" | "again" | "no" | "wait"} Sign */
/** @typedef {{ shape: OscillatorType, notes: number[], length: number, buzz: number[] }} Sound */

/** @type {Record<Sign, Sound>} */
const SOUNDS = {
  yes: { shape: "sine", notes: [880, 1320], length: 0.11, buzz: [80] },
  again: { shape: "square", notes: [440, 440], length: 0.16, buzz: [120, 90, 120] },
  no: { shape: "sawtooth", notes: [150], length: 0.55, buzz: [500] },
  wait: { shape: "sine", notes: [660], length: 0.2, buzz: [40] },
};
const ear = new AudioContext();

/** Browsers stay silent until somebody has touched the page. */
export const silent = () => ear.state === "suspended";

for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => void ear.resume());

/** @param {() => void} then */
export const whenHeard = (then) => ear.addEventListener("statechange", then);

/** @param {Sign} sign */
export function sound(sign) {
  const { shape, notes, length, buzz } = SOUNDS[sign];
  navigator.vibrate?.(buzz);
  if (!silent()) notes.forEach((note, n) => play(shape, note, length, ear.currentTime + n * length * 1.3));
}

/** @param {OscillatorType} shape @param {number} note in Hz @param {number} length @param {number} at in seconds */
function play(shape, note, length, at) {
  const voice = new OscillatorNode(ear, { type: shape, frequency: note });
  const volume = new GainNode(ear, { gain: 0.35 });
  volume.gain.setTargetAtTime(0, at + length * 0.7, length * 0.1); // no click at the end
  voice.connect(volume).connect(ear.destination);
  voice.start(at);
  voice.stop(at + length * 1.2);
}
