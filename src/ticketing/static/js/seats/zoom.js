/* The map from near and from far. Dragging is the browser's own scrolling; a mouse drags as a finger does. */

const box = /** @type {HTMLElement} */ (document.querySelector("[data-map]"));
const map = /** @type {SVGSVGElement} */ (box.querySelector("svg.map"));
const TARGET = 46; // px from seat to seat in the near view
const MOST = 4;
let scale = 1;

/** Px between two seats as they are drawn now. */
const pitch = () => map.querySelector(".hit")?.getBoundingClientRect().width ?? TARGET;

/** Is a seat too small for a finger? */
export const far = () => pitch() < 40;

/** Go near, to this point of the screen. @param {number} x @param {number} y */
export const near = (x, y) => to((scale * TARGET) / pitch(), x, y);

/** Zoom; what is under this point of the screen comes to its middle. @param {number} wanted @param {number} [x] @param {number} [y] @param {boolean} [centre] */
export function to(wanted, x, y, centre = true) {
  const before = map.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  const at = { x: x ?? frame.x + frame.width / 2, y: y ?? frame.y + frame.height / 2 };
  const part = { x: (at.x - before.x) / before.width, y: (at.y - before.y) / before.height };
  scale = Math.min(MOST, Math.max(1, wanted));
  box.style.setProperty("--zoom", String(scale));
  const entering = scale > 1 && !box.classList.contains("near");
  box.classList.toggle("near", scale > 1);
  if (entering && !fits()) box.scrollIntoView();
  const after = map.getBoundingClientRect();
  const now = box.getBoundingClientRect();
  const goal = centre ? { x: now.width / 2, y: now.height / 2 } : { x: at.x - now.x, y: at.y - now.y };
  box.scrollLeft = part.x * after.width - goal.x;
  box.scrollTop = part.y * after.height - goal.y;
}

function fits() {
  const { top, bottom } = box.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

export function listen() {
  document.querySelector(".tools")?.addEventListener("click", (event) => {
    const how = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset.zoom;
    if (how) to(how === "fit" ? 1 : how === "in" ? scale * 1.4 : scale / 1.4);
  });
  box.addEventListener("dblclick", (event) => {
    if (/** @type {Element} */ (event.target).closest(".place")) return;
    if (scale > 1) to(1);
    else near(event.clientX, event.clientY);
  });
  pinch();
  drag();
}

function pinch() {
  let start = 0;
  let scaleThen = 1;
  box.addEventListener("touchstart", (event) => {
    if (event.touches.length === 2) [start, scaleThen] = [fingers(event).apart, scale];
  }, { passive: true });
  box.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const { apart, x, y } = fingers(event);
    to((scaleThen * apart) / start, x, y, false);
  }, { passive: false });
}

/** @param {TouchEvent} event */
function fingers({ touches: [a, b] }) {
  if (!a || !b) return { apart: 1, x: 0, y: 0 };
  const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  return { apart, x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 };
}

function drag() {
  let moved = false;
  box.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || !(event.buttons & 1) || scale === 1) return;
    moved ||= Math.hypot(event.movementX, event.movementY) > 2;
    if (moved) box.scrollBy(-event.movementX, -event.movementY);
  });
  box.addEventListener("pointerdown", () => (moved = false));
  box.addEventListener("click", (event) => {
    if (moved) event.stopPropagation(); // the end of a drag chooses nothing
  }, { capture: true });
}
