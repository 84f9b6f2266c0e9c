import { type EventLoopUtilization, performance } from "node:perf_hooks";
import {
  AdaptiveConcurrency,
  type ConcurrencyChange,
  decideEveryMs,
} from "#core/worker/adaptive-concurrency.ts";
import { RecentDurations } from "#core/worker/recent-durations.ts";
import type { FinishedRun, TransportJob } from "../transports/transport.ts";

/**
 * The concurrency of a worker that adapts it: measures what {@link AdaptiveConcurrency} decides by. Attempts of
 * definitions with dependencies count only by the room they take: how long they run and how they end tells of the
 * dependency, which has its bulkhead.
 */
export class AdaptiveSlots {
  readonly #policy: AdaptiveConcurrency;
  readonly #settles = new RecentDurations();
  #loop: EventLoopUtilization = performance.eventLoopUtilization();
  #decidedAtMs = Number.NEGATIVE_INFINITY;

  constructor(bounds: { least: number; most: number }) {
    this.#policy = new AdaptiveConcurrency(bounds);
  }

  /** Attempts to run at once now. */
  get limit(): number {
    return this.#policy.limit;
  }

  /** … and why. */
  get because(): string {
    return this.#policy.because;
  }

  /** An attempt ended after so long. */
  ended(job: TransportJob, { kind }: FinishedRun["result"], durationMs: number): void {
    if (job.dependencies.length > 0 || kind === "released" || kind === "preempted") return;
    if (kind === "completed") this.#policy.completed(job.definition, durationMs);
    else this.#policy.failed(kind === "timed-out");
  }

  /** A batch of results was written in so long; null when there was nothing to write. */
  settled(tookMs: number | null): void {
    if (tookMs !== null) this.#settles.add(tookMs);
  }

  /** Decide, when it is time; the change, if there was one. */
  review(running: number, nowMs: number): ConcurrencyChange | null {
    if (nowMs - this.#decidedAtMs < decideEveryMs) return null;
    this.#decidedAtMs = nowMs;
    const { utilization } = performance.eventLoopUtilization(this.#loop);
    this.#loop = performance.eventLoopUtilization();
    const gauges = { running, eventLoopShare: utilization, databaseP95Ms: this.#settles.p95Ms };
    return this.#policy.decide(gauges, nowMs);
  }
}
