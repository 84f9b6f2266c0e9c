import { getHeapStatistics } from "node:v8";
import type { ConcurrencyChange } from "#core/worker/adaptive-concurrency.ts";
import { guardEveryMs, SaturationGuard } from "#core/worker/saturation-guard.ts";

/** Heap in use of the most that this process may use, 0…1. */
function heapShare(): number {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size / heap_size_limit;
}

/** Slots of a process as far as it can keep up: measures what {@link SaturationGuard} decides by. */
export class GuardedSlots {
  readonly #guard: SaturationGuard;
  readonly #everyMs: number;
  #reviewedAtMs: number | null = null;
  #decidedAtMs = Number.NEGATIVE_INFINITY;
  #lagMs = 0;

  /** `everyMs`: how often {@link review} is called by a timer; what comes later is lag. */
  constructor(most: number, everyMs: number) {
    this.#guard = new SaturationGuard(most);
    this.#everyMs = everyMs;
  }

  /** Attempts to run at once now. */
  get limit(): number {
    return this.#guard.limit;
  }

  /** Why they are fewer than all; null while they are not. */
  get because(): string | null {
    return this.#guard.because;
  }

  /** Note how late this comes, and decide when it is time; the change, if there was one. */
  review(nowMs: number): ConcurrencyChange | null {
    if (this.#reviewedAtMs !== null)
      this.#lagMs = Math.max(this.#lagMs, nowMs - this.#reviewedAtMs - this.#everyMs);
    this.#reviewedAtMs = nowMs;
    if (nowMs - this.#decidedAtMs < guardEveryMs) return null;
    this.#decidedAtMs = nowMs;
    const loopLagMs = this.#lagMs;
    this.#lagMs = 0;
    return this.#guard.decide({ loopLagMs, heapShare: heapShare() }, nowMs);
  }
}
