/* − 2 +: the buttons beside a number field. */

for (const stepper of document.querySelectorAll("[data-stepper]")) {
  const field = /** @type {HTMLInputElement} */ (stepper.querySelector("input"));
  stepper.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (button) (Number(button.dataset.step) > 0 ? field.stepUp : field.stepDown).call(field);
  });
}
