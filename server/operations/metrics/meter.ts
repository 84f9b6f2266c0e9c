import type { FailureClass } from "#core/failure/failure-class.ts";
import { bucketOf, emptyCounts } from "#core/metric/histogram.ts";
import type { Queryable } from "#db/client.ts";
import { insertCounters } from "#server/store/metrics/insert-counters.ts";
import type { DatabaseClock } from "#server/system/clock.ts";

/** What happened in one second to the jobs of one lane and class in this process. */
export interface Counters {
  atMs: number;
  lane: number;
  rank: number;
  submitted: number;
  started: number;
  completed: number;
  retried: number;
  died: number;
  cancelled: number;
  failures: Partial<Record<FailureClass, number>>;
  waitMs: number[] | null;
  runMs: number[] | null;
}

export type CounterName = "submitted" | "started" | "completed" | "retried" | "died" | "cancelled";

const flushEveryMs = 1_000;

/**
 * Counts in memory and writes one row a second, lane and class: the hot path pays an addition, not a statement.
 * A process killed between two flushes loses at most a second of counts; no job depends on them.
 */
export class Meter {
  readonly #db: Queryable;
  readonly #clock: DatabaseClock;
  readonly #source: number;
  readonly #onError: (error: unknown) => void;
  readonly #open = new Map<number, Counters>();
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(db: Queryable, clock: DatabaseClock, source: number, onError: (error: unknown) => void) {
    this.#db = db;
    this.#clock = clock;
    this.#source = source;
    this.#onError = onError;
  }

  start(): void {
    this.#timer = setInterval(() => this.flush(), flushEveryMs);
    this.#timer.unref();
  }

  /** Write what is counted and stop. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.flush();
    await this.#flushing;
  }

  count(name: CounterName, lane: number, rank: number, by = 1): void {
    this.#of(lane, rank)[name] += by;
  }

  /** A start, with how long the job had waited since it was due. */
  started(lane: number, rank: number, waitMs: number): void {
    const counters = this.#of(lane, rank);
    counters.started++;
    counters.waitMs ??= emptyCounts();
    (counters.waitMs[bucketOf(waitMs)] as number)++;
  }

  /** A finished run of a handler, whatever its outcome. */
  ran(lane: number, rank: number, runMs: number): void {
    const counters = this.#of(lane, rank);
    counters.runMs ??= emptyCounts();
    (counters.runMs[bucketOf(runMs)] as number)++;
  }

  failed(lane: number, rank: number, failureClass: FailureClass): void {
    const { failures } = this.#of(lane, rank);
    failures[failureClass] = (failures[failureClass] ?? 0) + 1;
  }

  /** Hand the open counts to the database; failures are reported and the counts dropped. */
  flush(): void {
    if (this.#open.size === 0) return;
    const counters = [...this.#open.values()];
    this.#open.clear();
    this.#flushing = this.#flushing
      .then(() => insertCounters(this.#db, this.#source, counters))
      .catch(this.#onError);
  }

  #of(lane: number, rank: number): Counters {
    const key = lane * 8 + rank;
    const known = this.#open.get(key);
    if (known) return known;
    const atMs = Math.floor(this.#clock.nowMs() / 1000) * 1000;
    const zero = { submitted: 0, started: 0, completed: 0, retried: 0, died: 0, cancelled: 0 };
    const counters: Counters = { atMs, lane, rank, ...zero, failures: {}, waitMs: null, runMs: null };
    this.#open.set(key, counters);
    return counters;
  }
}
