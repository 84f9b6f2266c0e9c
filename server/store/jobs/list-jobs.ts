import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Queryable } from "#db/client.ts";
import { candidateConditions } from "./candidate-conditions.ts";
import { isJobId } from "./job-id.ts";
import type { JobRow } from "./job-row.ts";
import { loadJobRows } from "./load-job-rows.ts";
import { matchWords, type ShownPayload } from "./match-words.ts";
import { planJobScan } from "./plan-job-scan.ts";
import { rowConditions } from "./row-conditions.ts";
import { isNarrowed, scanJobIds } from "./scan-job-ids.ts";
import { type ScanBudget, ScanPace } from "./scan-pace.ts";

export interface JobPageOptions {
  /** Jobs a page, 1–200. */
  limit: number;
  /** `nextCursor` or `previousCursor` of a page; absent or null for the newest. */
  cursor?: string | null;
  /** Which way from the cursor; default older. */
  towards?: "older" | "newer";
  /** Leave out payloads and outputs; default false. */
  brief?: boolean;
  /** How payloads are shown to whoever asks: free words are found in that alone. Default as they are. */
  shown?: ShownPayload;
  /** When to stop looking and answer with what was found: after so many ms by this clock. Default no such limit. */
  budget?: ScanBudget;
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

const firstWindow = 250;
/** Rows put together at once. */
const rowsAtOnce = 250;

const positionSchema = z.tuple([z.string().refine(isJobId)]);

/**
 * The jobs of a filter in the order of their ids, a page at a time, either way from a cursor; the job of the cursor need
 * not exist any more. Every call is bounded: the scan reads stretches of one index, and at most 20,000 candidates are
 * looked at, or 200,000 rows of a placement that is narrowed.
 * Throws `bad_cursor`.
 */
export async function listJobs(db: Queryable, filter: JobFilter, options: JobPageOptions): Promise<JobPage> {
  const { limit, brief } = options;
  const newestFirst = options.towards !== "newer";
  const cursor = options.cursor ?? null;
  const from = cursor === null ? null : decodeCursor(cursor, positionSchema)[0];
  const pace = new ScanPace(options.budget ?? null);
  const plan = await planJobScan(db, filter);
  const pages = { newestFirst, from, limit };
  if (plan === null) return toPage([], pages, null, 0);
  const resolved = plan.filter;
  const saysWords = options.shown ? matchWords(resolved, options.shown) : null;
  let { afterId, beforeId } = resolved;
  if (from !== null && newestFirst && BigInt(from) < BigInt(beforeId)) beforeId = from;
  if (from !== null && !newestFirst && BigInt(from) > BigInt(afterId)) afterId = from;
  const first = plan.exact ? limit + 1 : Math.max(firstWindow, limit + 1);
  const atOnce = Math.max(rowsAtOnce, limit + 1);
  let window = pace.begin(first, isNarrowed(plan.scan));
  const jobs: JobRow[] = [];
  for (;;) {
    const scanned = await scanJobIds(
      db,
      plan.scan,
      { afterId, beforeId, newestFirst, limit: window },
      (parameters) => candidateConditions(resolved, plan.decided, parameters),
    );
    for (let from = 0; from < scanned.ids.length; from += atOnce) {
      const ids = scanned.ids.slice(from, from + atOnce);
      const found = await loadJobRows(db, ids, {
        conditions: (parameters) => rowConditions(resolved, parameters, saysWords !== null),
        brief: brief && saysWords === null,
        newestFirst,
        limit: saysWords === null ? limit + 1 - jobs.length : ids.length,
      });
      const fitting = saysWords === null ? found.jobs : found.jobs.filter(saysWords);
      const given = brief ? fitting.map((job) => ({ ...job, payload: null, output: null })) : fitting;
      if (newestFirst) jobs.push(...given);
      else jobs.unshift(...given);
      const examined = pace.examined + scanned.examined;
      const edge = newestFirst ? found.jobs.at(-1) : found.jobs[0];
      if (found.cut && saysWords !== null && jobs.length <= limit && edge)
        return toPage(jobs, pages, edge.id, examined);
      if (found.cut)
        return toPage(jobs, { ...pages, limit: Math.min(limit, jobs.length) }, null, examined, true);
      if (jobs.length > limit) return toPage(jobs, pages, null, examined, true);
      const rest = from + atOnce < scanned.ids.length;
      if (rest && pace.isOver) return toPage(jobs, pages, ids.at(-1) ?? null, examined);
    }
    const following = pace.next(scanned.examined);
    const { examined } = pace;
    if (scanned.lastId === null || scanned.examined < window) return toPage(jobs, pages, null, examined);
    if (following === null) return toPage(jobs, pages, scanned.lastId, examined);
    if (newestFirst) beforeId = scanned.lastId;
    else afterId = scanned.lastId;
    window = following;
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
