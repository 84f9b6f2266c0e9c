/** Longest that anything can be put off, ms: a power of two. */
const spanMs = 131_072;

/** A clock of whole milliseconds that goes as fast as what happens in them can be done, in the order of its making. */
export class VirtualTime {
  readonly #actions: ((() => void)[] | undefined)[] = new Array(spanMs);
  nowMs = 0;

  /** Do it so much later; a part of a millisecond counts as a whole one. */
  after(delayMs: number, action: () => void): void {
    const inMs = Math.max(0, Math.ceil(delayMs));
    if (inMs >= spanMs) throw new RangeError(`${inMs} ms is beyond the ${spanMs} ms that a simulation sees`);
    const slot = (this.nowMs + inMs) % spanMs;
    const known = this.#actions[slot];
    if (known) known.push(action);
    else this.#actions[slot] = [action];
  }

  /** Do it now and whenever it says, ms after it was done. */
  repeat(action: () => number): void {
    this.after(action(), () => this.repeat(action));
  }

  /** Let time pass up to the end, or until `isOver` at the end of a millisecond in which something happened. */
  run(endMs: number, isOver: () => boolean = () => false): void {
    for (; this.nowMs < endMs; this.nowMs++) {
      const slot = this.nowMs % spanMs;
      const actions = this.#actions[slot];
      if (actions === undefined) continue;
      // What they put off by nothing joins the same list.
      for (const action of actions) action();
      this.#actions[slot] = undefined;
      if (isOver()) return;
    }
  }
}
