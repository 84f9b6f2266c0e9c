import type { JobCount } from "#core/query/job-count.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Queryable } from "#db/client.ts";
import { readLatestDepths } from "../overview/read-latest-depths.ts";
import { candidateConditions } from "./candidate-conditions.ts";
import { loadJobRows } from "./load-job-rows.ts";
import { matchWords, type ShownPayload } from "./match-words.ts";
import type { Parameters } from "./parameters.ts";
import { type JobScanPlan, planJobScan } from "./plan-job-scan.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";
import { rowConditions } from "./row-conditions.ts";
import { countScanned, isNarrowed, scanJobIds } from "./scan-job-ids.ts";
import { type ScanBudget, ScanPace } from "./scan-pace.ts";

export interface CountBudget extends ScanBudget {
  /** Most jobs counted one by one; default 20,000. */
  most?: number;
  /** Answer with an estimate when there are more; default true. Off, what was found is a lower bound. */
  estimates?: boolean;
  /** Count discarded jobs too; default true. */
  discarded?: boolean;
  /** How payloads are shown to whoever asks: free words are found in that alone. Default as they are. */
  shown?: ShownPayload;
}

const mostCounted = 20_000;
const firstWindow = 100;
const firstSettledWindow = 500;
/** Rows put together at once. */
const rowsAtOnce = 250;

/**
 * Count the jobs of a filter within a budget. When they are too many: by the dispatcher's count of depths for what
 * waits and runs, by the planner's size of the tables for all jobs; otherwise as many as were found. Never unbounded.
 */
export async function countJobs(db: Queryable, filter: JobFilter, budget: CountBudget): Promise<JobCount> {
  const { most = mostCounted, estimates = true, discarded = true } = budget;
  const pace = new ScanPace(budget, budget.most ?? null);
  const found = await planJobScan(db, filter);
  if (found === null) return { count: 0, exactness: "exact", atMs: null };
  const plan = discarded ? found : withoutDiscarded(found);
  const resolved = plan.filter;
  const saysWords = budget.shown ? matchWords(resolved, budget.shown) : null;
  const estimate = estimates ? await estimateJobs(db, resolved) : null;
  if (estimate !== null && estimate.count > most) return estimate;
  let beforeId = resolved.beforeId;
  let window = pace.begin(plan.settled ? firstSettledWindow : firstWindow, isNarrowed(plan.scan));
  let count = 0;
  for (;;) {
    const { afterId } = resolved;
    const range = { afterId, beforeId, newestFirst: true, limit: window };
    const sieve = (parameters: Parameters) => candidateConditions(resolved, plan.decided, parameters);
    let scanned: { examined: number; lastId: string | null };
    if (plan.settled) {
      const counted = await countScanned(db, plan.scan, range, sieve);
      count += counted.matched;
      scanned = counted;
    } else {
      const found = await scanJobIds(db, plan.scan, range, sieve);
      for (let from = 0; from < found.ids.length; from += rowsAtOnce) {
        const { jobs } = await loadJobRows(db, found.ids.slice(from, from + rowsAtOnce), {
          conditions: (parameters) => rowConditions(resolved, parameters, saysWords !== null),
          brief: saysWords === null,
        });
        count += jobs.filter(
          (job) => (discarded || job.discardedAtMs === null) && (saysWords === null || saysWords(job)),
        ).length;
        const rest = from + rowsAtOnce < found.ids.length;
        if (rest && pace.isOver) return estimate ?? { count, exactness: "at-least", atMs: null };
      }
      scanned = found;
    }
    if (scanned.lastId === null || scanned.examined < window)
      return { count, exactness: "exact", atMs: null };
    const following = pace.next(scanned.examined);
    if (following === null) return estimate ?? { count, exactness: "at-least", atMs: null };
    beforeId = scanned.lastId;
    window = following;
  }
}

/** The same jobs without those that were taken out of the dead letter; where the scan cannot tell, their rows do. */
function withoutDiscarded(plan: JobScanPlan): JobScanPlan {
  const { scan, filter } = plan;
  if (scan.kind === "placements") return { ...plan, scan: { ...scan, discarded: false } };
  const dead = filter.states?.includes("dead") ?? true;
  return dead ? { ...plan, settled: false } : plan;
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
