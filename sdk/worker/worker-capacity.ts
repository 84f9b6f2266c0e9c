import type { ConcurrencyChange } from "#core/worker/adaptive-concurrency.ts";
import type { Log } from "#server/system/log.ts";
import type { FinishedRun, SlotLimit, Transport, TransportJob } from "../transports/transport.ts";
import { AdaptiveSlots } from "./adaptive-slots.ts";
import { GuardedSlots } from "./guarded-slots.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** A change is told to the operators when the limit has stayed for so long, ms: a climb is one change. */
const settledAfterMs = 5_000;

/**
 * How many attempts a worker runs at once: its concurrency, adapted where it asks for that, and fewer while its process
 * cannot keep up. Tells what was decided and why.
 */
export class WorkerCapacity {
  readonly #most: number;
  readonly #adaptive: AdaptiveSlots | null;
  readonly #guarded: GuardedSlots;
  readonly #transport: Transport;
  readonly #log: Log;
  #told: number;
  #change: (ConcurrencyChange & { atMs: number }) | null = null;
  #explained: SlotLimit | null = null;

  /** `reviewEveryMs`: how often {@link review} is called by a timer. */
  constructor({ registration, minConcurrency, transport, log }: WorkerSettings, reviewEveryMs: number) {
    this.#most = registration.concurrency;
    this.#adaptive =
      minConcurrency === null ? null : new AdaptiveSlots({ least: minConcurrency, most: this.#most });
    this.#guarded = new GuardedSlots(this.#most, reviewEveryMs);
    this.#transport = transport;
    this.#log = log;
    this.#told = this.limit;
  }

  /** Attempts to run at once now. */
  get limit(): number {
    return Math.min(this.#adaptive?.limit ?? this.#most, this.#guarded.limit);
  }

  /** How many and why, where that is not simply its concurrency; the same object while it stays. */
  get explained(): SlotLimit | null {
    const slots = this.limit;
    const guards = this.#guarded.because !== null && this.#guarded.limit === slots;
    const because = guards ? this.#guarded.because : (this.#adaptive?.because ?? null);
    if (because === null) this.#explained = null;
    else if (this.#explained?.slots !== slots || this.#explained.because !== because)
      this.#explained = { slots, because };
    return this.#explained;
  }

  /** An attempt ended after so long. */
  ended(job: TransportJob, result: FinishedRun["result"], durationMs: number): void {
    this.#adaptive?.ended(job, result, durationMs);
  }

  /** A batch of results was written in so long; null when there was nothing to write. */
  settled(tookMs: number | null): void {
    this.#adaptive?.settled(tookMs);
  }

  /** Decide, when it is time; true when the limit changed. */
  review(running: number, nowMs: number): boolean {
    const before = this.limit;
    const changes = [this.#adaptive?.review(running, nowMs) ?? null, this.#guarded.review(nowMs)];
    const limit = this.limit;
    for (const change of changes)
      if (change !== null && limit !== before) this.#change = { ...change, limit, atMs: nowMs };
    this.#tell(nowMs);
    return limit !== before;
  }

  #tell(nowMs: number): void {
    if (this.#change === null || nowMs - this.#change.atMs < settledAfterMs) return;
    const { limit, because, figures } = this.#change;
    this.#change = null;
    if (limit === this.#told) return;
    const before = this.#told;
    this.#told = limit;
    this.#log.info({ before, limit, ...figures }, `the worker's concurrency was adapted: ${because}`);
    this.#transport.limitAdapted?.({ before, limit, because, figures });
  }
}
