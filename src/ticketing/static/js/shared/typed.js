/* What was typed into a form stays with this tab: a hold that ran out, a reload or the way back loses none of it. */

import { keep, kept } from "./keep.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** The fields that a person fills in. @param {HTMLFormElement} form */
const fields = (form) =>
  /** @type {Field[]} */ ([...form.elements].filter((each) => each.matches("select[name], input[name]:not([type=hidden])")));

/** @param {Field} field */
const isRadio = (field) => field.type === "radio";

/** Remember it from now on. @param {HTMLFormElement} form @param {string} name of the form, in this tab */
export function remember(form, name) {
  const store = () => {
    const typed = fields(form).filter((field) => !isRadio(field) || /** @type {HTMLInputElement} */ (field).checked);
    keep("sessionStorage", name, JSON.stringify(typed.map((field) => [field.name, field.value])));
  };
  for (const event of ["input", "change", "submit"]) form.addEventListener(event, store);
}

/** Fill in what was typed; says whether anything differs from what the page came with.
 * @param {HTMLFormElement} form @param {string} name */
export function restore(form, name) {
  let differs = false;
  const typed = new Map(/** @type {[string, string][]} */ (JSON.parse(kept("sessionStorage", name) ?? "[]")));
  for (const field of fields(form)) {
    const value = typed.get(field.name);
    if (value === undefined || (field instanceof HTMLSelectElement && ![...field.options].some((each) => each.value === value))) continue;
    if (isRadio(field)) {
      /** @type {HTMLInputElement} */ (field).checked = field.value === value;
      continue;
    }
    differs ||= field.value !== value;
    field.value = value;
  }
  return differs;
}
