import { type EventLoopUtilization, performance } from "node:perf_hooks";
import {
  AdaptiveConcurrency,
  type ConcurrencyChange,
  decideEveryMs,
} from "#core/worker/adaptive-concurrency.ts";
import { RecentDurations } from "#core/worker/recent-durations.ts";
import type { Log } from "#server/system/log.ts";
import type { FinishedRun, SlotLimit, Transport, TransportJob } from "../transports/transport.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** A change is told to the operators when the limit has stayed for so long, ms: a climb is one change. */
const settledAfterMs = 5_000;

/**
 * The concurrency of a worker that adapts it: measures what {@link AdaptiveConcurrency} decides by, and tells what it
 * decided. Attempts of definitions with dependencies count only by the room they take: how long they run and how they
 * end tells of the dependency, which has its bulkhead.
 */
export class AdaptiveSlots {
  readonly #policy: AdaptiveConcurrency;
  readonly #transport: Transport;
  readonly #log: Log;
  readonly #settles = new RecentDurations();
  #loop: EventLoopUtilization = performance.eventLoopUtilization();
  #decidedAtMs = Number.NEGATIVE_INFINITY;
  #told: number;
  #change: (ConcurrencyChange & { atMs: number }) | null = null;
  #explained: SlotLimit;

  constructor(bounds: { least: number; most: number }, transport: Transport, log: Log) {
    this.#policy = new AdaptiveConcurrency(bounds);
    this.#transport = transport;
    this.#log = log;
    this.#told = this.#policy.limit;
    this.#explained = { slots: this.#policy.limit, because: this.#policy.because };
  }

  /** Attempts to run at once now. */
  get limit(): number {
    return this.#explained.slots;
  }

  /** … and why. */
  get explained(): SlotLimit {
    return this.#explained;
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

  /** Decide, when it is time; true when the limit changed. */
  review(running: number, nowMs: number): boolean {
    if (nowMs - this.#decidedAtMs < decideEveryMs) return false;
    this.#decidedAtMs = nowMs;
    const { utilization } = performance.eventLoopUtilization(this.#loop);
    this.#loop = performance.eventLoopUtilization();
    const gauges = { running, eventLoopShare: utilization, databaseP95Ms: this.#settles.p95Ms };
    const change = this.#policy.decide(gauges, nowMs);
    if (change !== null) {
      this.#change = { ...change, atMs: nowMs };
      this.#explained = { slots: change.limit, because: change.because };
    }
    this.#tell(nowMs);
    return change !== null;
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

/** Null for a worker whose concurrency stays what it is. */
export function adaptiveSlots({
  registration,
  minConcurrency,
  transport,
  log,
}: WorkerSettings): AdaptiveSlots | null {
  if (minConcurrency === null) return null;
  return new AdaptiveSlots({ least: minConcurrency, most: registration.concurrency }, transport, log);
}
