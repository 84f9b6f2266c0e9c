import { z } from "zod";
import type { BulkSource } from "#core/bulk/say-bulk.ts";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Queryable } from "#db/client.ts";
import { listDoneJobs } from "#server/store/bulk/bulk-items.ts";
import type { BulkRow } from "#server/store/bulk/bulk-row.ts";
import type { JobRow } from "#server/store/jobs/job-row.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import type { ShownPayload } from "#server/store/jobs/match-words.ts";

/** The jobs of an operation before they are frozen. */
export type BulkJobs =
  | { kind: "filter"; filter: JobFilter }
  | { kind: "ids"; ids: string[] }
  | { kind: "operation"; id: string };

export interface BulkPage {
  ids: string[];
  /** The jobs of these ids as they stand; those of another operation are not read. */
  jobs: JobRow[];
  /** Null at the end. */
  cursor: string | null;
}

const pageJobs = 2_000;
const afterSchema = z.tuple([z.int()]);

/**
 * A page of the jobs of an operation, newest first. Discarded jobs are in no dead letter any more: a filter does not find
 * them, only their own ids do.
 */
export async function readBulkPage(
  db: Queryable,
  source: BulkJobs,
  cursor: string | null,
  shown: ShownPayload,
  limit = pageJobs,
): Promise<BulkPage> {
  if (source.kind === "filter") {
    const page = await listJobs(db, source.filter, { limit, cursor, shown, brief: true });
    const jobs = page.jobs.filter((job) => job.discardedAtMs === null);
    return { ids: jobs.map(({ id }) => id), jobs, cursor: page.nextCursor };
  }
  const after = cursor === null ? 0 : decodeCursor(cursor, afterSchema)[0];
  if (source.kind === "operation") {
    const items = await listDoneJobs(db, source.id, { after, limit });
    const last = items.at(-1);
    return {
      ids: items.map(({ jobId }) => jobId),
      jobs: [],
      cursor: last && items.length === limit ? encodeCursor([last.ordinal]) : null,
    };
  }
  const ids = source.ids.slice(after, after + limit);
  const { jobs } = await loadJobRows(db, ids, { brief: true });
  const end = after + ids.length;
  return { ids, jobs, cursor: end < source.ids.length ? encodeCursor([end]) : null };
}

/** The words for the jobs of an operation. */
export function sourceOf(row: Pick<BulkRow, "filter" | "takesBack">): BulkSource {
  if (row.filter !== null) return { kind: "filter", filter: row.filter };
  return row.takesBack === null ? { kind: "ids" } : { kind: "operation", id: row.takesBack };
}
