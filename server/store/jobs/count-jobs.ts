import type { NowMs } from "#core/clock.ts";
import type { JobCount } from "#core/query/job-count.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Queryable } from "#db/client.ts";
import { readLatestDepths } from "../overview/read-latest-depths.ts";
import { candidateConditions } from "./candidate-conditions.ts";
import { loadJobRows } from "./load-job-rows.ts";
import { planJobScan } from "./plan-job-scan.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";
import { rowConditions } from "./row-conditions.ts";
import { scanJobIds } from "./scan-job-ids.ts";

/** Most jobs counted one by one when the index alone decides. */
const mostCounted = 20_000;
const firstWindow = 250;
const smallestWindow = 100;
const largestWindow = 4_000;

/**
 * Count the jobs of a filter within a budget. When they are too many: by the dispatcher's count of depths for what
 * waits and runs, by the planner's size of the tables for all jobs; otherwise as many as were found. Never unbounded.
 */
export async function countJobs(
  db: Queryable,
  filter: JobFilter,
  budget: { ms: number; monotonicMs: NowMs },
): Promise<JobCount> {
  const startedMs = budget.monotonicMs();
  const plan = await planJobScan(db, filter);
  if (plan === null) return { count: 0, exactness: "exact", atMs: null };
  const resolved = plan.filter;
  const estimate = await estimateJobs(db, resolved);
  if (estimate !== null && estimate.count > mostCounted) return estimate;
  let beforeId = resolved.beforeId;
  let window = plan.exact ? largestWindow : firstWindow;
  let count = 0;
  for (let examined = 0; ; ) {
    const { afterId } = resolved;
    const range = { afterId, beforeId, newestFirst: true, limit: window };
    const scanned = await scanJobIds(db, plan.scan, range, (parameters) =>
      candidateConditions(resolved, plan.decided, parameters),
    );
    if (plan.exact) count += scanned.ids.length;
    else {
      const { jobs } = await loadJobRows(db, scanned.ids, {
        conditions: (parameters) => rowConditions(resolved, parameters),
        brief: true,
      });
      count += jobs.length;
    }
    examined += scanned.examined;
    if (scanned.lastId === null || scanned.examined < window)
      return { count, exactness: "exact", atMs: null };
    beforeId = scanned.lastId;
    const spentMs = budget.monotonicMs() - startedMs;
    if (examined >= mostCounted || spentMs >= budget.ms)
      return estimate ?? { count, exactness: "at-least", atMs: null };
    window = Math.min(window * 4, largestWindow);
    if (spentMs > 0)
      window = Math.max(
        smallestWindow,
        Math.min(window, Math.floor((examined / spentMs) * (budget.ms - spentMs))),
      );
  }
}

/** States whose jobs the dispatcher counts every few seconds. */
const counted = ["available", "scheduled", "retryable", "held", "running"] as const;

/** An estimate for filters by nothing but state, queue, definition and priority; null for others. */
async function estimateJobs(db: Queryable, filter: ResolvedFilter): Promise<JobCount | null> {
  const { conditions, states, lanes, ranks } = filter;
  const placed = ["state", "queue", "definition", "priority"];
  if (!conditions.every(({ field }) => placed.includes(field))) return null;
  if (conditions.length === 0) return estimateAll(db);
  if (!states?.every((state) => (counted as readonly string[]).includes(state))) return null;
  const depths = await readLatestDepths(db);
  if (depths === null) return null;
  let count = 0;
  for (const row of depths.rows) {
    if ((lanes && !lanes.includes(row.lane)) || (ranks && !ranks.includes(row.rank))) continue;
    for (const state of counted) if (states.includes(state)) count += row[state];
  }
  return { count, exactness: "about", atMs: depths.atMs };
}

async function estimateAll(db: Queryable): Promise<JobCount> {
  const { rows } = await db.query({
    name: "estimate-all-jobs",
    text: `select coalesce(sum(greatest(c.reltuples, 0)), 0)::float8 as jobs from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'signalbox.jobs'::regclass`,
  });
  return { count: Math.round((rows[0] as { jobs: number }).jobs), exactness: "about", atMs: null };
}
