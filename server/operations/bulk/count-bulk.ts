import { type BulkAction, maxBulkJobs } from "#core/bulk/bulk-action.ts";
import { type BulkGuard, defaultGuard, type RecentAttempts } from "#core/bulk/bulk-guard.ts";
import type { Queryable } from "#db/client.ts";
import { findBulk } from "#server/store/bulk/find-bulk.ts";
import { readRecentAttempts } from "#server/store/bulk/read-recent-attempts.ts";
import { countJobs } from "#server/store/jobs/count-jobs.ts";
import type { JobRow } from "#server/store/jobs/job-row.ts";
import type { ShownPayload } from "#server/store/jobs/match-words.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { type BulkJobs, readBulkPage } from "./bulk-source.ts";

/** What an operation would be done to. */
export interface BulkCount {
  matched: number;
  /** False: there are at least so many; the time for counting ran out. */
  exact: boolean;
  /** The newest so many jobs were looked at to say what they are. */
  looked: number;
  /** Of the jobs looked at, the most frequent first. */
  breakdown: Record<"state" | "queue" | "definition" | "class", { name: string; jobs: number }[]>;
  /** The newest few. */
  sample: JobRow[];
  /** How attempts in the same queues and definitions ended in the last five minutes. */
  recent: RecentAttempts;
  /** The pace that is proposed. */
  guard: BulkGuard;
}

const sampled = 5;
/** Jobs whose rows are put together to say what they are. */
const lookedJobs = 200;
const shownNames = 6;

/** Count the jobs of an operation for at most `budgetMs`, and tell what the newest of them are. Changes nothing. */
export async function countBulk(
  db: Queryable,
  action: BulkAction,
  source: BulkJobs,
  shown: ShownPayload,
  budgetMs: number,
): Promise<BulkCount> {
  const startedMs = monotonicMs();
  const tallies = { state: new Tally(), queue: new Tally(), definition: new Tally(), class: new Tally() };
  const lanes = new Set<number>();
  const page = await readBulkPage(db, source, null, shown, lookedJobs);
  for (const job of page.jobs) {
    tallies.state.add(job.state);
    tallies.queue.add(job.queue);
    tallies.definition.add(job.definition);
    if (job.lastError?.class) tallies.class.add(job.lastError.class);
    lanes.add(job.lane);
  }
  const whole = page.cursor === null;
  const [recent, { matched, exact }] = await Promise.all([
    readRecentAttempts(db, [...lanes]),
    whole
      ? { matched: page.ids.length, exact: true }
      : countAll(db, source, shown, Math.max(0, budgetMs - (monotonicMs() - startedMs))),
  ]);
  return {
    matched: Math.max(matched, page.ids.length),
    exact,
    looked: page.jobs.length,
    breakdown: {
      state: tallies.state.top(),
      queue: tallies.queue.top(),
      definition: tallies.definition.top(),
      class: tallies.class.top(),
    },
    sample: page.jobs.slice(0, sampled),
    recent,
    guard: defaultGuard(action, matched, recent),
  };
}

/** All of them, where the first page was not: by index alone as far as the filter allows. */
async function countAll(
  db: Queryable,
  source: BulkJobs,
  shown: ShownPayload,
  ms: number,
): Promise<{ matched: number; exact: boolean }> {
  if (source.kind === "ids") return { matched: source.ids.length, exact: true };
  if (source.kind === "operation") {
    const bulk = await findBulk(db, source.id);
    return { matched: bulk?.done ?? 0, exact: true };
  }
  const counted = await countJobs(db, source.filter, {
    ...{ ms, monotonicMs, most: maxBulkJobs + 1 },
    ...{ estimates: false, discarded: false, shown },
  });
  return { matched: counted.count, exact: counted.exactness === "exact" };
}

class Tally {
  readonly #jobs = new Map<string, number>();

  add(name: string): void {
    this.#jobs.set(name, (this.#jobs.get(name) ?? 0) + 1);
  }

  top(): { name: string; jobs: number }[] {
    return [...this.#jobs]
      .map(([name, jobs]) => ({ name, jobs }))
      .sort((a, b) => b.jobs - a.jobs)
      .slice(0, shownNames);
  }
}
