/* A number typed: on the screen's keys, on a keyboard, or by a scanner that is one. */

const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.typed"));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("code"));

export const isOpen = () => dialog.open;

export function open() {
  field.value = "";
  dialog.showModal();
  field.focus();
}

/** @param {(code: string) => void} typed */
export function listen(typed) {
  dialog.close(); // without a script it stands open in the page
  field.inputMode = "none"; // the keys are ours
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    typed(field.value.trim());
  });
  form.addEventListener("click", press);
  addEventListener("keydown", begin);
}

/** @param {Event} event */
function press(event) {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (button?.dataset.close !== undefined) dialog.close();
  const key = button?.dataset.key;
  if (key !== undefined) field.value = key ? field.value + key : field.value.slice(0, -1);
}

/** The first sign typed anywhere opens the field and goes into it. @param {KeyboardEvent} event */
function begin(event) {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && event.key.length === 1 && event.key !== " " && !dialog.open) open();
}
