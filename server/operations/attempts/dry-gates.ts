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

  /** Whether the gate has no token yet. */
  isDry(gate: string, version: string, nowMs: number): boolean {
    if (version !== this.#version) this.#dry.clear();
    this.#version = version;
    return (this.#dry.get(gate)?.untilMs ?? 0) > nowMs;
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

  /** When the first of them has a token again, ms from now; null when none is dry. */
  nextInMs(nowMs: number): number | null {
    const waits = [...this.#dry.values()].map(({ untilMs }) => untilMs - nowMs).filter((ms) => ms > 0);
    return waits.length === 0 ? null : Math.min(...waits);
  }
}
