import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import { listDeadGroups } from "#server/store/failures/list-dead-groups.ts";
import { listDeadIds } from "#server/store/failures/list-dead-ids.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import type { ApiContext } from "../context.ts";
import { type JobSummary, toJobSummary } from "../jobs/job-summary.ts";

/** The dead of one failure group; the empty fingerprint is of those that died of no failure. */
export interface DeadGroup {
  fingerprint: string;
  dead: number;
  atLeast: boolean;
  class: string | null;
  name: string | null;
  message: string | null;
  dependency: string | null;
  lastSeenMs: number | null;
}

const mostGroups = 100;
const counted = 1_000;
const positionSchema = z.tuple([z.string().refine(isJobId)]);

/** The failure groups that have dead jobs, most dead first; `more` when there are further groups. */
export async function readDeadGroups(ctx: ApiContext): Promise<{ groups: DeadGroup[]; more: boolean }> {
  const rows = await listDeadGroups(ctx.db, mostGroups, counted);
  return {
    groups: rows.map(({ fingerprint, dead, atLeast, group }) => ({
      ...{ fingerprint, dead, atLeast },
      class: group?.class ?? null,
      name: group?.name ?? null,
      message: group?.message ?? null,
      dependency: group?.dependency ?? null,
      lastSeenMs: group?.lastSeenMs ?? null,
    })),
    more: rows.filter((row) => row.fingerprint !== "").length >= mostGroups,
  };
}

/** Dead jobs that nobody has discarded, newest first, a page at a time. */
export async function listDeadJobs(
  ctx: ApiContext,
  fingerprint: string | null,
  page: { cursor: string | null; limit: number },
): Promise<{ asOfMs: number; jobs: JobSummary[]; nextCursor: string | null }> {
  const before = page.cursor === null ? null : decodeCursor(page.cursor, positionSchema)[0];
  const ids = await listDeadIds(ctx.db, fingerprint, before, page.limit + 1);
  const shown = ids.slice(0, page.limit);
  const { jobs } = await loadJobRows(ctx.db, shown, { brief: true });
  const last = shown.at(-1);
  return {
    asOfMs: ctx.engine.clock.nowMs(),
    jobs: jobs.map(toJobSummary),
    nextCursor: ids.length > page.limit && last !== undefined ? encodeCursor([last]) : null,
  };
}
