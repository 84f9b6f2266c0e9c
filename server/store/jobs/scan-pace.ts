import type { NowMs } from "#core/clock.ts";

/** When to stop looking: after so many ms from the start, by this clock. */
export interface ScanBudget {
  ms: number;
  monotonicMs: NowMs;
}

/** Windows of candidates, each of which may cost a look at its row; and of rows that are nearly free to look at. */
const windows = {
  candidates: { largest: 4_000, most: 20_000, timesFirst: 1 },
  cheap: { largest: 16_000, most: 200_000, timesFirst: 8 },
};
/** A step smaller than this is not worth its statements. */
const smallestWindow = 40;
/** A step is planned for this share of the time that is left: the next one may go slower than the last. */
const usedShare = 0.7;

/** How many candidates each step of a look takes, so that the whole of it ends within its budget. */
export class ScanPace {
  readonly #budget: ScanBudget | null;
  readonly #most: number | null;
  readonly #startedMs: number;
  #steppedMs: number;
  #window: number;
  examined = 0;

  #limits = windows.candidates;

  /** Begins now: what is read before the first step counts. `most`, when given, is how many are looked at in all. */
  constructor(budget: ScanBudget | null, most: number | null = null) {
    this.#budget = budget;
    this.#most = most;
    this.#startedMs = budget?.monotonicMs() ?? 0;
    this.#steppedMs = this.#startedMs;
    this.#window = smallestWindow;
  }

  /** The first step: of so many, or some times as many where looking is nearly free. */
  begin(window: number, cheap: boolean): number {
    this.#steppedMs = this.#budget?.monotonicMs() ?? 0;
    this.#limits = cheap ? windows.cheap : windows.candidates;
    this.#window = window * this.#limits.timesFirst;
    return this.#window;
  }

  /** Whether the time is over. */
  get isOver(): boolean {
    return this.#budget !== null && this.#budget.monotonicMs() - this.#startedMs >= this.#budget.ms;
  }

  /** The next step after one that looked at `examined`; null when it is time to stop. */
  next(examined: number): number | null {
    this.examined += examined;
    const { largest, most } = this.#limits;
    if (this.examined >= (this.#most ?? most)) return null;
    const window = Math.min(this.#window * 4, largest);
    this.#window = window;
    if (this.#budget === null) return window;
    const nowMs = this.#budget.monotonicMs();
    const eachMs = (nowMs - this.#steppedMs) / Math.max(1, examined);
    this.#steppedMs = nowMs;
    const leftMs = (this.#budget.ms - (nowMs - this.#startedMs)) * usedShare;
    if (leftMs <= 0) return null;
    const affordable = eachMs > 0 ? Math.floor(leftMs / eachMs) : window;
    if (affordable < smallestWindow) return null;
    this.#window = Math.min(window, affordable);
    return this.#window;
  }
}
