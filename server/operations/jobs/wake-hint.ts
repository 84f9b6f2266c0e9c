import type { Queryable } from "#db/client.ts";
import { notifyReady } from "#server/store/jobs/notify-ready.ts";
import { monotonicMs } from "#server/system/clock.ts";

/** Without a hint for so long a submit may carry one, ms. */
const quietMs = 10;

/**
 * Tells sleeping workers that lanes have work: at once when nothing is under way, else together in the next message.
 * When nothing was sent for a while a submit may carry its hint in its own commit instead, which is quicker; under load
 * that would make commits queue up. A lost hint costs at most the workers' poll interval, so failures are only reported.
 */
export class WakeHint {
  readonly #db: Queryable;
  readonly #onError: (error: unknown) => void;
  #lanes = new Set<number>();
  #sending: Promise<void> | null = null;
  #sentAtMs = Number.NEGATIVE_INFINITY;

  constructor(db: Queryable, onError: (error: unknown) => void) {
    this.#db = db;
    this.#onError = onError;
  }

  /** Say that these lanes have work now. Does not wait. */
  send(lanes: Iterable<number>): void {
    for (const lane of lanes) this.#lanes.add(lane);
    // With nothing to send the drain would be over before it is noted as under way, and never start again.
    if (this.#lanes.size > 0) this.#sending ??= this.#drain();
  }

  /** Whether the next submit may carry its hint itself: asked before it, and answered yes once in 10 ms at most. */
  mayRide(): boolean {
    const nowMs = monotonicMs();
    if (this.#sending !== null || nowMs - this.#sentAtMs < quietMs) return false;
    this.#sentAtMs = nowMs;
    return true;
  }

  /** Wait for what is being sent. */
  async stop(): Promise<void> {
    await this.#sending;
  }

  async #drain(): Promise<void> {
    while (this.#lanes.size > 0) {
      const lanes = [...this.#lanes];
      this.#lanes.clear();
      this.#sentAtMs = monotonicMs();
      await notifyReady(this.#db, lanes).catch(this.#onError);
    }
    this.#sending = null;
  }
}
