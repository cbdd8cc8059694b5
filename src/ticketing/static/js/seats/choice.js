/* The buyer's choice: what is wanted, what the server holds, and the calls that make them equal. */

import { ask, Problem } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";

/** @typedef {{ token: string, seats: string[], expires_at: string, renewals_left: number }} Held */

export class Choice extends EventTarget {
  /** @type {Set<string>} */ wanted = new Set();
  /** @type {Set<string>} */ held = new Set();
  token = "";
  until = 0; // ms, when the hold lapses
  renewals = 0; // how often it can be kept longer
  #busy = false;

  /** @param {string} performance */
  constructor(performance) {
    super();
    this.holds = `/api/performances/${performance}/holds`;
    this.place = `hold:${performance}`;
  }

  /** Does the server hold what is wanted? */
  get settled() {
    return !this.#busy && same(this.wanted, this.held);
  }

  /** How many are wanted and not held: not yet, or they were refused. */
  get unheld() {
    return [...this.wanted].filter((seat) => !this.held.has(seat)).length;
  }

  get asking() {
    return this.#busy;
  }

  /** Take up a hold after the page was loaded again. @param {string} token */
  async resume(token) {
    const known = token || kept("sessionStorage", this.place);
    if (!known) return;
    try {
      this.#take(await ask("GET", `/api/holds/${known}`));
      this.wanted = new Set(this.held);
    } catch {
      this.#take(null);
    }
    this.#tell("change");
  }

  /** @param {string[]} add @param {string[]} drop */
  change(add, drop) {
    for (const seat of drop) this.wanted.delete(seat);
    for (const seat of add) this.wanted.add(seat);
    return this.#settle();
  }

  /** The best seats near each other, in place of what was chosen. @param {number} quantity @param {string} section */
  best(quantity, section) {
    return this.#alone(async () => {
      const before = this.token;
      const answer = await ask("POST", this.holds, { best: { quantity, section: section || null } });
      this.#take(answer);
      this.wanted = new Set(this.held);
      if (!answer.nextToEachOther) this.#tell("split", quantity);
      if (before) await ask("DELETE", `/api/holds/${before}`).catch(() => null);
    });
  }

  /** The full minutes again. */
  renew() {
    return this.#alone(async () => this.#take(await ask("POST", `/api/holds/${this.token}/renewals`)));
  }

  /** The time is up: the seats are the house's again. Returns which they were. */
  lapse() {
    const seats = [...this.held];
    this.#take(null);
    this.wanted.clear();
    this.#tell("change");
    return seats;
  }

  #settle() {
    return this.#alone(async () => {
      while (!same(this.wanted, this.held)) await this.#step().catch((error) => this.#yield(error));
    });
  }

  /** One call; what is tapped meanwhile waits for the next. */
  async #step() {
    const add = [...this.wanted].filter((seat) => !this.held.has(seat));
    const drop = [...this.held].filter((seat) => !this.wanted.has(seat));
    if (!this.token) this.#take(await ask("POST", this.holds, { seats: add }));
    else if (this.wanted.size) this.#take(await ask("PATCH", `/api/holds/${this.token}`, { add, drop }));
    else this.#take(await ask("DELETE", `/api/holds/${this.token}`));
  }

  /** Want no longer what others have; anything else ends the attempt. @param {unknown} error */
  #yield(error) {
    if (!(error instanceof Problem) || error.type !== "seats-taken") throw error;
    for (const seat of error.fields.seats) this.wanted.delete(seat);
    this.#tell("trouble", error);
  }

  /** @param {() => Promise<void>} act */
  async #alone(act) {
    this.#tell("change");
    if (this.#busy) return;
    this.#busy = true;
    try {
      await act();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#busy = false;
    }
    this.#tell("change");
  }

  /** @param {unknown} error */
  #fail(error) {
    if (!(error instanceof Problem)) throw error;
    const lost = ["hold-lapsed", "not-found"].includes(error.type) ? this.lapse() : null;
    if (error.type !== "orphan-seat") this.wanted = new Set(this.held); // the next seat may mend it
    this.#tell("trouble", lost?.length ? new Problem("hold-lapsed", error.message, { seats: lost }) : error);
  }

  /** @param {Held | null} answer */
  #take(answer) {
    this.token = answer?.token ?? "";
    this.held = new Set(answer?.seats);
    this.until = answer ? Date.parse(answer.expires_at) : 0;
    this.renewals = answer?.renewals_left ?? 0;
    keep("sessionStorage", this.place, answer && answer.token);
  }

  /** @param {string} name @param {unknown} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {Set<string>} a @param {Set<string>} b */
const same = (a, b) => a.size === b.size && [...a].every((one) => b.has(one));
