/* A number typed: on the screen's keys, on a keyboard, or by a scanner that is one. */

const PAUSE = 250; // ms after which somebody has stopped typing: no scanner is so slow
const LEAST = 6; // signs of a number; a code has more

const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.typed"));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("code"));

let caught = ""; // what a keyboard wrote while no field had it
let slow = 0;

export const isOpen = () => dialog.open;

/** @param {string} [begun] what was typed already */
export function open(begun = "") {
  dialog.showModal();
  field.value = begun;
  field.focus();
}

/** @param {(code: string) => void} typed */
export function listen(typed) {
  dialog.close(); // without a script it stands open in the page
  field.inputMode = "none"; // the keys are ours
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    typed(field.value);
  });
  form.addEventListener("click", press);
  addEventListener("keydown", (event) => hear(event, typed), { capture: true });
}

/** @param {Event} event */
function press(event) {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (button?.dataset.close !== undefined) dialog.close();
  const key = button?.dataset.key;
  if (key !== undefined) field.value = key ? field.value + key : field.value.slice(0, -1);
}

/**
 * What a scanner types goes past every field, so that no input method takes it and no form trims it: it ends with Enter. A
 * person who types is given the field after a moment.
 * @param {KeyboardEvent} event @param {(code: string) => void} typed
 */
function hear(event, typed) {
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event)) return;
  if (event.key === "Enter" && caught.length >= LEAST) {
    event.preventDefault();
    const code = take();
    dialog.close();
    typed(code);
  } else if (event.key.length === 1) {
    event.preventDefault();
    caught += event.key;
    clearTimeout(slow);
    slow = setTimeout(offer, PAUSE);
  }
}

function take() {
  clearTimeout(slow);
  const code = caught;
  caught = "";
  return code;
}

/** Nothing came for a while: a person typed. */
function offer() {
  const begun = take();
  if (begun.trim() && !dialog.open) open(begun);
}

/** @param {KeyboardEvent} event */
const inField = ({ target }) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
