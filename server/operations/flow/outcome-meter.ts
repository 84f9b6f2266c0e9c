import type { FailureClass } from "#core/failure/failure-class.ts";
import { bucketOf, emptyCounts } from "#core/metric/histogram.ts";
import type { Queryable } from "#db/client.ts";
import { insertOutcomes, type OutcomeRow } from "#server/store/dependencies/insert-outcomes.ts";
import type { DatabaseClock } from "#server/system/clock.ts";
import type { CatalogCache } from "../catalog/catalog-cache.ts";
import type { FlowCache } from "./flow-cache.ts";

/** A breaker sees what happened no later than this, ms. */
const flushEveryMs = 100;
/** Classes that are the dependency's fault (failures.md): a transient failure is when the dependency was named. */
const faults: ReadonlySet<FailureClass> = new Set(["timeout", "dependency-down", "transient"]);

/**
 * Counts what the attempts of this process came to, by dependency, and writes it every 100 ms: what breakers, budgets and
 * multipliers live on. Lanes without dependencies cost a look into a map. A lost write loses a tenth of a second of counts.
 */
export class OutcomeMeter {
  readonly #db: Queryable;
  readonly #clock: DatabaseClock;
  readonly #source: number;
  readonly #catalog: CatalogCache;
  readonly #flow: FlowCache;
  readonly #onError: (error: unknown) => void;
  readonly #open = new Map<number, OutcomeRow>();
  readonly #inFlight = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    db: Queryable,
    clock: DatabaseClock,
    source: number,
    caches: { catalog: CatalogCache; flow: FlowCache },
    onError: (error: unknown) => void,
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#source = source;
    this.#catalog = caches.catalog;
    this.#flow = caches.flow;
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
    await this.#writing;
  }

  /** An attempt of the lane begins. */
  started(lane: number, isRetry: boolean): void {
    for (const { id } of this.#dependenciesOf(lane)) {
      this.#of(id)[isRetry ? "retryStarts" : "firstStarts"]++;
      this.#inFlight.set(id, (this.#inFlight.get(id) ?? 0) + 1);
    }
  }

  /** An attempt of the lane completed: everything it depends on answered. */
  completed(lane: number, durationMs: number): void {
    for (const { id, settings } of this.#dependenciesOf(lane)) {
      const row = this.#ended(id);
      row.succeeded++;
      this.#took(row, durationMs, this.#flow.gateOf(id)?.slowMs ?? settings.slowMs ?? null);
    }
  }

  /** An attempt ended otherwise; `dependency` is who is to blame, null when nobody of these is. */
  ended(
    lane: number,
    failureClass: FailureClass | null,
    dependency: string | null,
    durationMs: number,
  ): void {
    for (const { id, name, settings } of this.#dependenciesOf(lane)) {
      const row = this.#ended(id);
      if (failureClass === null || dependency !== name) continue;
      if (failureClass === "rate-limited") row.refused++;
      else if (faults.has(failureClass)) row.failed++;
      else continue;
      this.#took(row, durationMs, this.#flow.gateOf(id)?.slowMs ?? settings.slowMs ?? null);
    }
  }

  /** A call that still runs has passed its slow limit. */
  overdue(dependency: string): void {
    const known = this.#catalog.current.dependencies.get(dependency);
    if (known) this.#of(known.id).overdue++;
  }

  /** Hand the counts to the database; failures are reported and the counts dropped. */
  flush(): void {
    if (this.#open.size === 0) return;
    const rows = [...this.#open.values()].map((row) => ({
      ...row,
      inFlight: this.#inFlight.get(row.dependencyId) ?? 0,
    }));
    this.#open.clear();
    this.#writing = this.#writing
      .then(() => insertOutcomes(this.#db, this.#source, rows))
      .catch(this.#onError);
  }

  #dependenciesOf(lane: number) {
    return this.#catalog.current.lanes.get(lane)?.dependencies ?? [];
  }

  #ended(id: number): OutcomeRow {
    this.#inFlight.set(id, Math.max(0, (this.#inFlight.get(id) ?? 0) - 1));
    return this.#of(id);
  }

  #took(row: OutcomeRow, durationMs: number, slowMs: number | null): void {
    row.durationMsSum += durationMs;
    if (slowMs !== null && durationMs > slowMs) row.slow++;
    row.durations ??= emptyCounts();
    (row.durations[bucketOf(durationMs)] as number)++;
  }

  #of(dependencyId: number): OutcomeRow {
    const known = this.#open.get(dependencyId);
    if (known) return known;
    const zero = { succeeded: 0, failed: 0, refused: 0, slow: 0, overdue: 0, firstStarts: 0, retryStarts: 0 };
    const row: OutcomeRow = {
      atMs: Math.floor(this.#clock.nowMs()),
      dependencyId,
      ...zero,
      durationMsSum: 0,
      inFlight: 0,
      durations: null,
    };
    this.#open.set(dependencyId, row);
    return row;
  }
}
