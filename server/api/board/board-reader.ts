import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import type { Queryable } from "#db/client.ts";
import type { Engine } from "#server/operations/engine.ts";
import type { SecondCounters } from "#server/store/metrics/read-second-counters.ts";
import { type BoardRows, readBoard } from "#server/store/overview/read-board.ts";
import type { WorkerRow } from "#server/store/overview/read-workers.ts";
import { viewPressure } from "../pressure/pressure-view.ts";
import { type BoardSnapshot, mostQueues, settleMs, tailBucketMs, trendWindowMs } from "./board-snapshot.ts";
import { type BoardFacts, buildBoard } from "./build-board.ts";
import { countQueueReasons } from "./count-queue-reasons.ts";
import { namedLanes } from "./named-lanes.ts";

/** How far back counters may still arrive, ms: these seconds are read anew each time, older ones are kept. */
const lateMs = 5_000;
/** Facts younger than this serve whoever asks, ms: while a stream is open, pages cost no query of their own. */
const freshMs = 1_500;
/** Workers are read along for so long after somebody asked for them, ms. */
const wantedMs = 6_000;
/** How long a worker that ended is told of, ms. */
const endedMs = 900_000;
/** Most workers told of. */
export const mostWorkers = 500;

/** The fleet as it was read; `more` when there are more workers than are told of. */
export interface FleetFacts {
  asOfMs: number;
  workers: WorkerRow[];
  more: boolean;
}

/** One reading of everything. */
interface BoardRead extends Pick<BoardSnapshot, "attention" | "acts" | "bulk" | "alerts"> {
  facts: BoardFacts;
  dependencyBuckets: BoardRows["dependencyBuckets"];
  fleet: FleetFacts | null;
}

/**
 * Reads one set of facts after another, keeping the counters of the seconds that can no longer change, so that
 * a snapshot reads five seconds of counters and not sixty. Queues and lanes come from the catalogue in memory.
 */
export class BoardReader {
  readonly #db: Queryable;
  readonly #engine: Pick<Engine, "catalog" | "clock" | "flow" | "pressure">;
  #seconds: SecondCounters[] = [];
  #readFromMs = 0;
  #last: BoardRead | null = null;
  #workersUntilMs = 0;
  #told: BoardFacts["depths"] = null;

  constructor(db: Queryable, engine: Pick<Engine, "catalog" | "clock" | "flow" | "pressure">) {
    this.#db = db;
    this.#engine = engine;
  }

  /** The Board now: the first queues by name. */
  async read(): Promise<BoardSnapshot> {
    return this.#snapshot(await this.#read());
  }

  #snapshot({ facts, dependencyBuckets, attention, acts, bulk, alerts }: BoardRead): BoardSnapshot {
    const flow = buildBoard({
      ...facts,
      queues: facts.queues.slice(0, mostQueues),
      more: facts.queues.length > mostQueues,
    });
    const shown = new Set(flow.queues.map(({ name }) => name));
    const counted = countQueueReasons({ engine: this.#engine, facts, dependencyBuckets }, shown);
    // Every tab is sent this all the time: only what is drawn of it.
    const reasons = Object.entries(counted).map(
      ([queue, of]) => [queue, of.map(({ kind, of, jobs }) => ({ kind, of, jobs }))] as const,
    );
    const pressure = viewPressure(this.#engine);
    return { ...flow, attention, acts, bulk, alerts, pressure, reasons: Object.fromEntries(reasons) };
  }

  /** The last reading with newer depths; null before the first. */
  withDepths(depths: NonNullable<BoardFacts["depths"]>): BoardSnapshot | null {
    this.#told = depths;
    const last = this.#last;
    if (last === null) return null;
    const lanes = namedLanes(this.#engine.catalog.current);
    const facts = {
      ...last.facts,
      nowMs: this.#engine.clock.nowMs(),
      queues: this.#queues(),
      lanes,
      depths,
    };
    this.#last = { ...last, facts };
    return this.#snapshot(this.#last);
  }

  /** What a snapshot is built from, with every queue there is; at most {@link freshMs} old. Limits are those of now. */
  async readFacts(): Promise<BoardFacts> {
    const last = this.#fresh() ?? (await this.#read());
    return { ...last.facts, queues: this.#queues(), lanes: namedLanes(this.#engine.catalog.current) };
  }

  /** What the jobs of a queue wait for; at most {@link freshMs} old. */
  async readReasons(queue: string): Promise<ReasonCount[]> {
    const { facts, dependencyBuckets } = this.#fresh() ?? (await this.#read());
    return (
      countQueueReasons({ engine: this.#engine, facts, dependencyBuckets }, new Set([queue]))[queue] ?? []
    );
  }

  /** Workers that live and those that ended within a quarter of an hour; at most {@link freshMs} old. */
  async readWorkers(): Promise<FleetFacts> {
    this.#workersUntilMs = this.#engine.clock.nowMs() + wantedMs;
    const fleet = this.#fresh()?.fleet ?? (await this.#read()).fleet;
    return fleet ?? { asOfMs: this.#engine.clock.nowMs(), workers: [], more: false };
  }

  /** Forget what was read: something was just changed that whoever asks next must see. */
  forget(): void {
    this.#last = null;
  }

  #fresh() {
    const last = this.#last;
    return last !== null && this.#engine.clock.nowMs() - last.facts.nowMs < freshMs ? last : null;
  }

  async #read(): Promise<BoardRead> {
    const nowMs = this.#engine.clock.nowMs();
    const oldestMs = Math.min(nowMs - settleMs - trendWindowMs, nowMs - 3 * tailBucketMs) - 1_000;
    const fromMs = Math.max(oldestMs, this.#readFromMs);
    const wanted = nowMs < this.#workersUntilMs;
    const workers = wanted ? mostWorkers + 1 : 0;
    const rows = await readBoard(this.#db, { fromMs, workers, endedMs });
    this.#seconds = [
      ...this.#seconds.filter((second) => second.atMs >= oldestMs && second.atMs < fromMs),
      ...rows.seconds,
    ];
    this.#readFromMs = Math.floor((nowMs - lateMs) / 1_000) * 1_000;
    const { fleet, buckets } = rows;
    // A count that was told is newer than the sample of its second.
    const told = this.#told;
    const depths = told !== null && told.atMs > (rows.depths?.atMs ?? 0) ? told : rows.depths;
    const lanes = namedLanes(this.#engine.catalog.current);
    const queues = this.#queues();
    // Written by assess-attention, which alone says what is in it; one of an older version wrote no paused runs or breakers.
    const assessed = rows.attention as BoardSnapshot["attention"];
    const attention = assessed && { ...assessed, breakers: assessed.breakers ?? [] };
    const pausedRuns = attention?.pausedRuns ?? [];
    const seconds = this.#seconds;
    const facts = { nowMs, queues, more: false, lanes, depths, fleet, buckets, seconds, pausedRuns };
    const workersTold = { asOfMs: nowMs, workers: rows.workers.slice(0, mostWorkers) };
    const last = {
      facts,
      dependencyBuckets: rows.dependencyBuckets,
      fleet: wanted ? { ...workersTold, more: rows.workers.length > mostWorkers } : null,
      attention,
      acts: rows.acts,
      bulk: rows.bulk,
      alerts: rows.alerts,
    };
    this.#last = last;
    return last;
  }

  #queues() {
    const { queues } = this.#engine.catalog.current;
    return [...queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
