/** A gate without a token is asked again no sooner than this, ms … */
const soonestMs = 50;
/** … and, when others were quicker time after time, no later than this beyond its refill, ms. */
const latestMs = 1_000;

interface Dry {
  untilMs: number;
  /** How often in a row the bucket was found empty. */
  misses: number;
}

/**
 * Which gates (limited queues and dependencies) one claimer knows to have no token, and until when: asking them would
 * only take their locks. Tokens are spent by claims alone and never come back, so what is known to be empty stays so
 * until its refill, or until the version that is asked with moves: an edit, a breaker. Times are monotonic.
 */
export class DryGates {
  readonly #dry = new Map<string, Dry>();
  #version = "";

  /** Which of these gates may have a token; what is known of any other is forgotten. */
  withTokens(gates: readonly string[], version: string, nowMs: number): Set<string> {
    if (version !== this.#version) this.#dry.clear();
    this.#version = version;
    const asked = new Set(gates);
    for (const gate of this.#dry.keys()) if (!asked.has(gate)) this.#dry.delete(gate);
    return new Set(gates.filter((gate) => (this.#dry.get(gate)?.untilMs ?? 0) <= nowMs));
  }

  /** Take down what a claim found: `refillMs` 0 while tokens are left; `gave` whether it gave a job. */
  note(gate: string, version: string, found: { refillMs: number; gave: boolean; atMs: number }): void {
    const { refillMs, gave, atMs } = found;
    if (version !== this.#version || refillMs <= 0) {
      this.#dry.delete(gate);
      return;
    }
    const misses = gave ? 0 : (this.#dry.get(gate)?.misses ?? 0) + 1;
    const soonest = Math.max(soonestMs, refillMs);
    const waitMs = misses === 0 ? soonest : Math.max(soonest, Math.min(latestMs, soonest * 2 ** misses));
    // A millisecond more: the database counts in whole ones.
    this.#dry.set(gate, { untilMs: atMs + waitMs + 1, misses });
  }

  /**
   * When the first of them has a token again, ms from now, 0 for one whose time has come and that was not asked since;
   * null when none was found dry.
   */
  nextInMs(nowMs: number): number | null {
    const waits = [...this.#dry.values()].map(({ untilMs }) => Math.max(0, untilMs - nowMs));
    return waits.length === 0 ? null : Math.min(...waits);
  }
}
