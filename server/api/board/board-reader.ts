import type { Queryable } from "#db/client.ts";
import type { Engine } from "#server/operations/engine.ts";
import { readSecondCounters, type SecondCounters } from "#server/store/metrics/read-second-counters.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import { type BoardSnapshot, mostQueues, settleMs, tailBucketMs, trendWindowMs } from "./board-snapshot.ts";
import { type BoardFacts, buildBoard } from "./build-board.ts";
import { namedLanes } from "./named-lanes.ts";

/** How far back counters may still arrive, ms: these seconds are read anew each time, older ones are kept. */
const lateMs = 5_000;

/**
 * Reads one set of facts after another, keeping the counters of the seconds that can no longer change, so that
 * a snapshot reads five seconds of counters and not sixty. Queues and lanes come from the catalogue in memory.
 */
export class BoardReader {
  readonly #db: Queryable;
  readonly #engine: Pick<Engine, "catalog" | "clock">;
  #seconds: SecondCounters[] = [];
  #readFromMs = 0;

  constructor(db: Queryable, engine: Pick<Engine, "catalog" | "clock">) {
    this.#db = db;
    this.#engine = engine;
  }

  /** The Board now: the first queues by name. */
  async read(): Promise<BoardSnapshot> {
    const facts = await this.readFacts();
    return buildBoard({
      ...facts,
      queues: facts.queues.slice(0, mostQueues),
      more: facts.queues.length > mostQueues,
    });
  }

  /** What a snapshot is built from, with every queue there is. */
  async readFacts(): Promise<BoardFacts> {
    const nowMs = this.#engine.clock.nowMs();
    const oldestMs = Math.min(nowMs - settleMs - trendWindowMs, nowMs - 3 * tailBucketMs) - 1_000;
    const fromMs = Math.max(oldestMs, this.#readFromMs);
    const [depths, fleet, fresh] = await Promise.all([
      readLatestDepths(this.#db),
      readFleet(this.#db),
      readSecondCounters(this.#db, fromMs),
    ]);
    this.#seconds = [
      ...this.#seconds.filter((second) => second.atMs >= oldestMs && second.atMs < fromMs),
      ...fresh,
    ];
    this.#readFromMs = Math.floor((nowMs - lateMs) / 1_000) * 1_000;
    const catalog = this.#engine.catalog.current;
    const queues = [...catalog.queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { nowMs, queues, more: false, lanes: namedLanes(catalog), depths, fleet, seconds: this.#seconds };
  }
}
