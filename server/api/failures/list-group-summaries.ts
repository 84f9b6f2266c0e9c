import { cutWindow, type FailureWindow } from "#core/failure-group/failure-window.ts";
import { countGroupJobs } from "#server/store/failures/count-group-jobs.ts";
import { type GroupFilter, type GroupOrder, listGroups } from "#server/store/failures/list-groups.ts";
import { readGroupSeries } from "#server/store/failures/read-group-series.ts";
import type { ApiContext } from "../context.ts";
import { type GroupSummary, toGroupSummary } from "./group-summary.ts";

/** How many jobs of each listed group are counted; beyond it reads 'at least'. */
const counted = { dead: 500, retrying: 100 };

export interface GroupListRequest {
  filter: Omit<GroupFilter, "lanes"> & { definition?: string; queue?: string };
  order: GroupOrder;
  window: FailureWindow;
  limit: number;
  cursor: string | null;
}

/** A page of groups that failed within the window, each with its trend and the jobs that stand because of it. */
export async function listGroupSummaries(
  ctx: ApiContext,
  request: GroupListRequest,
): Promise<{ asOfMs: number; groups: GroupSummary[]; nextCursor: string | null }> {
  const { order, limit, cursor } = request;
  const catalog = ctx.engine.catalog.current;
  const nowMs = ctx.engine.clock.nowMs();
  const window = cutWindow(request.window, nowMs);
  const { definition, queue, ...filter } = request.filter;
  const lanes =
    definition === undefined && queue === undefined
      ? undefined
      : [...catalog.lanes.values()]
          .filter(
            (lane) =>
              (definition === undefined || lane.definition.name === definition) &&
              (queue === undefined || lane.queue.name === queue),
          )
          .map((lane) => lane.id);
  const page = await listGroups(ctx.db, { ...filter, lanes }, { order, window, limit, cursor });
  const fingerprints = page.groups.map((group) => group.fingerprint);
  const [buckets, jobs] = await Promise.all([
    readGroupSeries(ctx.db, fingerprints, window),
    countGroupJobs(ctx.db, fingerprints, counted),
  ]);
  const bucketsOf = Map.groupBy(buckets, (bucket) => bucket.fingerprint);
  const jobsOf = new Map(jobs.map((each) => [each.fingerprint, each]));
  return {
    asOfMs: nowMs,
    groups: page.groups.map((row) =>
      toGroupSummary(row, {
        catalog,
        window,
        nowMs,
        buckets: bucketsOf.get(row.fingerprint) ?? [],
        jobs: jobsOf.get(row.fingerprint),
      }),
    ),
    nextCursor: page.nextCursor,
  };
}
