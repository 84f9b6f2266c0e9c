import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { Queryable } from "#db/client.ts";
import type { JobFilter } from "./job-filter.ts";
import { isJobId } from "./job-id.ts";
import type { JobRow } from "./job-row.ts";
import { loadJobRows } from "./load-job-rows.ts";
import { planJobScan } from "./plan-job-scan.ts";
import { scanJobIds } from "./scan-job-ids.ts";

export interface JobPageOptions {
  /** Jobs a page, 1–200. */
  limit: number;
  /** `nextCursor` of the page before; absent or null for the first. */
  cursor?: string | null;
  /** Leave out payloads and outputs; default false. */
  brief?: boolean;
}

export interface JobPage {
  jobs: JobRow[];
  /** Null at the end. A page may be short and still have one: each call looks at a bounded number of jobs. */
  nextCursor: string | null;
}

/** Most candidates one call looks at when a filter has no index of its own. */
const maxExamined = 20_000;
const firstWindow = 400;
const largestWindow = 4_000;
const beyondAllIds = "9223372036854775807";

const positionSchema = z.tuple([z.string().refine(isJobId)]);

/**
 * The jobs of a filter by id, newest first, a page at a time. Every call is bounded: the scan reads stretches of one
 * index, and at most 20,000 jobs are looked at. Throws `bad_cursor`.
 */
export async function listJobs(db: Queryable, filter: JobFilter, options: JobPageOptions): Promise<JobPage> {
  const { limit, brief } = options;
  const cursor = options.cursor ?? null;
  const from = cursor === null ? beyondAllIds : decodeCursor(cursor, positionSchema)[0];
  const plan = await planJobScan(db, filter);
  if (plan === null) return { jobs: [], nextCursor: null };
  const { scan, conditions, floorId, untilId } = plan;
  let beforeId = untilId !== null && BigInt(untilId) < BigInt(from) ? untilId : from;
  let window = plan.exact ? limit + 1 : Math.max(firstWindow, limit + 1);
  const jobs: JobRow[] = [];
  for (let examined = 0; ; ) {
    const ids = await scanJobIds(db, scan, { beforeId, floorId, limit: window });
    const wanted = limit + 1 - jobs.length;
    const found = await loadJobRows(db, ids, { ...conditions, brief, limit: wanted });
    jobs.push(...found.jobs);
    if (found.cut || jobs.length > limit) {
      const page = jobs.slice(0, limit);
      return { jobs: page, nextCursor: cursorAt(page.at(-1)?.id) };
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < window) return { jobs, nextCursor: null };
    beforeId = last;
    examined += ids.length;
    if (examined >= maxExamined) return { jobs, nextCursor: cursorAt(last) };
    window = Math.min(window * 4, largestWindow);
  }
}

function cursorAt(id: string | undefined): string | null {
  return id === undefined ? null : encodeCursor([id]);
}
