import { z } from "zod";
import type { NowMs } from "#core/clock.ts";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Queryable } from "#db/client.ts";
import { candidateConditions } from "./candidate-conditions.ts";
import { isJobId } from "./job-id.ts";
import type { JobRow } from "./job-row.ts";
import { loadJobRows } from "./load-job-rows.ts";
import { planJobScan } from "./plan-job-scan.ts";
import { rowConditions } from "./row-conditions.ts";
import { scanJobIds } from "./scan-job-ids.ts";

export interface JobPageOptions {
  /** Jobs a page, 1–200. */
  limit: number;
  /** `nextCursor` or `previousCursor` of a page; absent or null for the newest. */
  cursor?: string | null;
  /** Which way from the cursor; default older. */
  towards?: "older" | "newer";
  /** Leave out payloads and outputs; default false. */
  brief?: boolean;
  /** When to stop looking and answer with what was found: after so many ms by this clock. Default no such limit. */
  budget?: { ms: number; monotonicMs: NowMs };
}

export interface JobPage {
  /** Newest first, whichever way was looked. */
  jobs: JobRow[];
  /** To the jobs older than these; null at the end. A page may be short and still have one: each call looks at a bounded number of jobs. */
  nextCursor: string | null;
  /** To the jobs newer than these; null when there were none. */
  previousCursor: string | null;
  /** Candidates that were looked at. */
  examined: number;
  /** When the last job looked at was submitted, ms; null when the whole range was looked through. */
  lookedToMs: number | null;
}

/** Most candidates one call looks at when a filter has no index of its own. */
const maxExamined = 20_000;
const firstWindow = 250;
const smallestWindow = 100;
const largestWindow = 4_000;

const positionSchema = z.tuple([z.string().refine(isJobId)]);

/**
 * The jobs of a filter in the order of their ids, a page at a time, either way from a cursor; the job of the cursor need
 * not exist any more. Every call is bounded: the scan reads stretches of one index, and at most 20,000 jobs are looked at.
 * Throws `bad_cursor`.
 */
export async function listJobs(db: Queryable, filter: JobFilter, options: JobPageOptions): Promise<JobPage> {
  const { limit, brief, budget } = options;
  const newestFirst = options.towards !== "newer";
  const cursor = options.cursor ?? null;
  const from = cursor === null ? null : decodeCursor(cursor, positionSchema)[0];
  const startedMs = budget?.monotonicMs() ?? 0;
  const plan = await planJobScan(db, filter);
  const pages = { newestFirst, from, limit };
  if (plan === null) return toPage([], pages, null, 0);
  const resolved = plan.filter;
  let { afterId, beforeId } = resolved;
  if (from !== null && newestFirst && BigInt(from) < BigInt(beforeId)) beforeId = from;
  if (from !== null && !newestFirst && BigInt(from) > BigInt(afterId)) afterId = from;
  let window = plan.exact ? limit + 1 : Math.max(firstWindow, limit + 1);
  const jobs: JobRow[] = [];
  for (let examined = 0; ; ) {
    const scanned = await scanJobIds(
      db,
      plan.scan,
      { afterId, beforeId, newestFirst, limit: window },
      (parameters) => candidateConditions(resolved, plan.decided, parameters),
    );
    const found = await loadJobRows(db, scanned.ids, {
      conditions: (parameters) => rowConditions(resolved, parameters),
      brief,
      newestFirst,
      limit: limit + 1 - jobs.length,
    });
    if (newestFirst) jobs.push(...found.jobs);
    else jobs.unshift(...found.jobs);
    examined += scanned.examined;
    if (found.cut)
      return toPage(jobs, { ...pages, limit: Math.min(limit, jobs.length) }, null, examined, true);
    if (jobs.length > limit) return toPage(jobs, pages, null, examined, true);
    if (scanned.lastId === null || scanned.examined < window) return toPage(jobs, pages, null, examined);
    if (newestFirst) beforeId = scanned.lastId;
    else afterId = scanned.lastId;
    const spentMs = budget ? budget.monotonicMs() - startedMs : 0;
    if (examined >= maxExamined || (budget && spentMs >= budget.ms))
      return toPage(jobs, pages, scanned.lastId, examined);
    window = Math.min(window * 4, largestWindow);
    // No more than the time that is left is good for, as quick as it went so far.
    if (budget && spentMs > 0)
      window = Math.max(
        smallestWindow,
        Math.min(window, Math.floor((examined / spentMs) * (budget.ms - spentMs))),
      );
  }
}

/** A page of what was found; `stoppedAt` is the id at which looking stopped early, `more` that rows are left over. */
function toPage(
  found: JobRow[],
  { newestFirst, from, limit }: { newestFirst: boolean; from: string | null; limit: number },
  stoppedAt: string | null,
  examined: number,
  more = false,
): JobPage {
  const jobs = newestFirst ? found.slice(0, limit) : found.slice(-limit);
  const ahead = stoppedAt ?? (more ? (newestFirst ? jobs.at(-1)?.id : jobs[0]?.id) : undefined) ?? null;
  const behind = from === null ? null : ((newestFirst ? jobs[0]?.id : jobs.at(-1)?.id) ?? from);
  const [next, previous] = newestFirst ? [ahead, behind] : [behind, ahead];
  return {
    jobs,
    nextCursor: next === null ? null : encodeCursor([next]),
    previousCursor: previous === null ? null : encodeCursor([previous]),
    examined,
    lookedToMs: stoppedAt === null ? null : Number(BigInt(stoppedAt) >> 22n) + 1_704_067_200_000,
  };
}
