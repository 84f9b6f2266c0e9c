import type { Queryable } from "#db/client.ts";
import { readSecondCounters, type SecondCounters } from "#server/store/metrics/read-second-counters.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import { readLanes } from "#server/store/overview/read-lanes.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import { readNow } from "#server/store/overview/read-now.ts";
import { readQueueGates } from "#server/store/overview/read-queue-gates.ts";
import { type BoardSnapshot, mostQueues, settleMs, tailBucketMs, trendWindowMs } from "./board-snapshot.ts";
import { buildBoard } from "./build-board.ts";

/** How far back counters may still arrive, ms: these seconds are read anew each time, older ones are kept. */
const lateMs = 5_000;

/**
 * Reads one snapshot after another, keeping the counters of the seconds that can no longer change, so that a
 * snapshot reads five seconds of counters and not sixty.
 */
export class BoardReader {
  readonly #db: Queryable;
  #seconds: SecondCounters[] = [];
  #readFromMs = 0;

  constructor(db: Queryable) {
    this.#db = db;
  }

  async read(): Promise<BoardSnapshot> {
    const nowMs = await readNow(this.#db);
    const oldestMs = Math.min(nowMs - settleMs - trendWindowMs, nowMs - 3 * tailBucketMs) - 1_000;
    const fromMs = Math.max(oldestMs, this.#readFromMs);
    const [queues, lanes, depths, fleet, fresh] = await Promise.all([
      readQueueGates(this.#db, mostQueues + 1),
      readLanes(this.#db),
      readLatestDepths(this.#db),
      readFleet(this.#db),
      readSecondCounters(this.#db, fromMs),
    ]);
    this.#seconds = [
      ...this.#seconds.filter((second) => second.atMs >= oldestMs && second.atMs < fromMs),
      ...fresh,
    ];
    this.#readFromMs = Math.floor((nowMs - lateMs) / 1_000) * 1_000;
    return buildBoard({ nowMs, queues, lanes, depths, fleet, seconds: this.#seconds });
  }
}
