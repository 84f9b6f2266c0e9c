import { type BulkAction, maxBulkJobs } from "#core/bulk/bulk-action.ts";
import { type BulkGuard, defaultGuard, type RecentAttempts } from "#core/bulk/bulk-guard.ts";
import type { Queryable } from "#db/client.ts";
import { readRecentAttempts } from "#server/store/bulk/read-recent-attempts.ts";
import type { JobRow } from "#server/store/jobs/job-row.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { type BulkJobs, readBulkPage } from "./bulk-source.ts";

/** What an operation would be done to. */
export interface BulkCount {
  matched: number;
  /** False: there are at least so many; the time for counting ran out. */
  exact: boolean;
  /** Of the jobs counted, the most frequent first. */
  breakdown: Record<"state" | "queue" | "definition" | "class", { name: string; jobs: number }[]>;
  /** The newest few. */
  sample: JobRow[];
  /** How attempts in the same queues and definitions ended in the last five minutes. */
  recent: RecentAttempts;
  /** The pace that is proposed. */
  guard: BulkGuard;
}

const sampled = 5;
const shownNames = 6;

/** Count the jobs of an operation for at most `budgetMs`, and tell what they are. Changes nothing. */
export async function countBulk(
  db: Queryable,
  action: BulkAction,
  source: BulkJobs,
  budgetMs: number,
): Promise<BulkCount> {
  const startedMs = monotonicMs();
  const tallies = { state: new Tally(), queue: new Tally(), definition: new Tally(), class: new Tally() };
  const sample: JobRow[] = [];
  const lanes = new Set<number>();
  let matched = 0;
  let cursor: string | null = null;
  do {
    const page = await readBulkPage(db, source, cursor);
    matched += page.ids.length;
    for (const job of page.jobs) {
      tallies.state.add(job.state);
      tallies.queue.add(job.queue);
      tallies.definition.add(job.definition);
      if (job.lastError?.class) tallies.class.add(job.lastError.class);
      lanes.add(job.lane);
    }
    sample.push(...page.jobs.slice(0, sampled - sample.length));
    cursor = page.cursor;
  } while (cursor !== null && matched <= maxBulkJobs && monotonicMs() - startedMs < budgetMs);
  const recent = await readRecentAttempts(db, [...lanes]);
  return {
    matched,
    exact: cursor === null,
    breakdown: {
      state: tallies.state.top(),
      queue: tallies.queue.top(),
      definition: tallies.definition.top(),
      class: tallies.class.top(),
    },
    sample,
    recent,
    guard: defaultGuard(action, matched, recent),
  };
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
