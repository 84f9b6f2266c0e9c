import type { ConcurrencyChange } from "./adaptive-concurrency.ts";

/** Between two decisions, ms. */
export const guardEveryMs = 1_000;
/** The event loop is too late from the first on, and well again below the second, ms. */
const loopLate = { fromMs: 500, untilMs: 250 };
/** The heap is too full from the first share of its limit on, and well again below the second. */
const heapFull = { from: 0.9, until: 0.8 };
/** A cause must hold for so many decisions on end, and so must its absence. */
const patience = 3;
/** What is always left to a worker whose event loop is late; to one whose heap is full, one slot. */
const loopLeast = 0.25;
/** After it took slots away it gives none back for so long, ms, doubled each time up to the longest when that ended in taking again. */
const firstPauseMs = 60_000;
const longestPauseMs = 480_000;

/** What a process tells of itself at a decision. */
export interface SaturationGauges {
  /** How late the latest timer fired that fired the latest since the last decision, ms. */
  loopLagMs: number;
  /** Heap in use of the most it may grow to, 0…1; null where unknown. */
  heapShare: number | null;
}

/**
 * How many attempts a process is to run at once while it cannot keep up: half as many for each three seconds in which its
 * event loop was late or its heap full, so that what it does not claim goes to other workers. Not a way to find the best
 * concurrency (that is adaptive-concurrency.ts, where a worker asks for it): without a cause it is all of `most`, and a
 * dead band, patience and a pause keep it from turning round more than twice in a minute.
 */
export class SaturationGuard {
  readonly #most: number;
  #limit: number;
  #because: string | null = null;
  #patience = 0;
  #calm = 0;
  #pauseMs = firstPauseMs;
  #shrankAtMs = Number.NEGATIVE_INFINITY;
  #hasGrown = false;

  /** `most` slots, 1 or more. */
  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** Attempts to run at once now. */
  get limit(): number {
    return this.#limit;
  }

  /** Why it is less than all; null while it is not. */
  get because(): string | null {
    return this.#because;
  }

  /** Decide anew; to be called every {@link guardEveryMs}. Returns the change, if there was one. */
  decide(gauges: SaturationGauges, nowMs: number): ConcurrencyChange | null {
    const cause = causeOf(gauges, this.#most);
    const isWell = gauges.loopLagMs < loopLate.untilMs && (gauges.heapShare ?? 0) < heapFull.until;
    this.#patience = cause === null ? 0 : this.#patience + 1;
    this.#calm = isWell ? this.#calm + 1 : 0;
    if (cause !== null && this.#patience >= patience) {
      this.#patience = 0;
      return this.#shrink(cause, nowMs);
    }
    if (this.#calm >= patience && nowMs - this.#shrankAtMs >= this.#pauseMs) {
      this.#calm = 0;
      return this.#grow();
    }
    return null;
  }

  #shrink({ least, because, figures }: Cause, nowMs: number): ConcurrencyChange | null {
    const limit = Math.max(least, Math.floor(this.#limit / 2));
    // It is as low as this cause takes it: growing waits for it to end.
    this.#shrankAtMs = nowMs;
    if (limit >= this.#limit) return null;
    if (this.#hasGrown) this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#hasGrown = false;
    this.#limit = limit;
    this.#because = because;
    return { limit, because, figures };
  }

  #grow(): ConcurrencyChange | null {
    if (this.#limit === this.#most) return null;
    this.#hasGrown = true;
    this.#limit = Math.min(this.#most, this.#limit * 2);
    if (this.#limit === this.#most) this.#because = null;
    return { limit: this.#limit, because: "its event loop and its heap are well again", figures: {} };
  }
}

interface Cause {
  least: number;
  because: string;
  figures: Record<string, number>;
}

function causeOf({ loopLagMs, heapShare }: SaturationGauges, most: number): Cause | null {
  if (heapShare !== null && heapShare >= heapFull.from) {
    const percent = Math.round(heapShare * 100);
    return { least: 1, because: `its heap was ${percent} % full`, figures: { heapPercent: percent } };
  }
  if (loopLagMs < loopLate.fromMs) return null;
  const eventLoopLagMs = Math.round(loopLagMs);
  return {
    least: Math.ceil(most * loopLeast),
    because: `its event loop was ${eventLoopLagMs} ms late`,
    figures: { eventLoopLagMs },
  };
}
