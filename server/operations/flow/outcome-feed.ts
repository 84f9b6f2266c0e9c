import type { Queryable } from "#db/client.ts";
import { findOutcomeBefore } from "#server/store/dependencies/find-outcome-before.ts";
import { type ReportedOutcomes, readOutcomes } from "#server/store/dependencies/read-outcomes.ts";

/** Who begins goes back so far, ms: the window of a breaker. */
const historyMs = 30_000;
/** Ids that may have been given but not committed when a later one was read. */
const reach = 500n;

/** Follows the end of the reports of all processes: each is handed out once, also when it commits after a later one. */
export class OutcomeFeed {
  #lastId = 0n;
  #had = new Set<string>();

  /** Begin half a minute before `nowMs`. */
  async startAt(db: Queryable, nowMs: number): Promise<void> {
    this.#lastId = BigInt(await findOutcomeBefore(db, nowMs - historyMs));
  }

  /** What was reported since the last call, oldest first. */
  async read(db: Queryable): Promise<ReportedOutcomes[]> {
    const from = this.#lastId > reach ? this.#lastId - reach : 0n;
    const started = this.#had.size > 0;
    const rows = await readOutcomes(db, String(started ? from : this.#lastId));
    const news = rows.filter(({ id }) => !this.#had.has(id));
    for (const { id } of news) {
      this.#had.add(id);
      if (BigInt(id) > this.#lastId) this.#lastId = BigInt(id);
    }
    if (this.#had.size > 4 * Number(reach))
      this.#had = new Set([...this.#had].filter((id) => BigInt(id) > this.#lastId - reach));
    return news;
  }
}
