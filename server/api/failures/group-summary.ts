import type { FailureGroupState, Ignoring, Resolution } from "#core/failure-group/failure-group-state.ts";
import type { WindowRange } from "#core/failure-group/failure-window.ts";
import type { Catalog } from "#server/operations/catalog/catalog.ts";
import type { GroupJobs } from "#server/store/failures/count-group-jobs.ts";
import { type GroupRow, standingOf } from "#server/store/failures/group-row.ts";
import type { GroupBucket } from "#server/store/failures/read-group-series.ts";

/** A failure group as a row of a list; instants in ms. */
export interface GroupSummary {
  fingerprint: string;
  class: string;
  origin: string;
  name: string;
  code: string | null;
  message: string;
  dependency: string | null;
  firstSeenMs: number;
  lastSeenMs: number;
  /** Failures in all, and in the window of the list. */
  attempts: number;
  inWindow: number;
  /** Failures a bucket over the window, oldest first. */
  trend: number[];
  definitions: string[];
  queues: string[];
  jobs: Omit<GroupJobs, "fingerprint">;
  state: FailureGroupState;
  /** What was said of it, null while open and nobody said anything. */
  said: { atMs: number; actor: string; reason: string | null; standing: Resolution | Ignoring | null } | null;
}

/** The row of a group, with its counts of the window and the jobs that stand because of it. */
export function toGroupSummary(
  row: GroupRow,
  more: {
    catalog: Catalog;
    window: WindowRange;
    nowMs: number;
    buckets: readonly GroupBucket[];
    jobs: GroupJobs | undefined;
  },
): GroupSummary {
  const { catalog, window, nowMs, buckets, jobs } = more;
  const bars = Math.ceil((nowMs - window.fromMs) / window.bucketMs);
  const trend = new Array<number>(bars).fill(0);
  for (const bucket of buckets) {
    const place = Math.min(bars - 1, Math.round((bucket.atMs - window.fromMs) / window.bucketMs));
    trend[place] = (trend[place] ?? 0) + bucket.attempts;
  }
  const lanes = row.lanes.flatMap((id) => catalog.lanes.get(id) ?? []);
  const { fingerprint, class: failureClass, origin, name, code, message, dependency } = row;
  return {
    ...{ fingerprint, class: failureClass, origin, name, code, message, dependency },
    firstSeenMs: row.firstSeenMs,
    lastSeenMs: row.lastSeenMs,
    attempts: row.attempts,
    inWindow: trend.reduce((sum, count) => sum + count, 0),
    trend,
    definitions: [...new Set(lanes.map((lane) => lane.definition.name))].sort(),
    queues: [...new Set(lanes.map((lane) => lane.queue.name))].sort(),
    jobs: {
      dead: jobs?.dead ?? 0,
      deadAtLeast: jobs?.deadAtLeast ?? false,
      retrying: jobs?.retrying ?? 0,
      retryingAtLeast: jobs?.retryingAtLeast ?? false,
    },
    state: row.state,
    said:
      row.stateActor === null
        ? null
        : {
            atMs: row.stateAtMs ?? 0,
            actor: row.stateActor,
            reason: row.stateReason,
            standing: standingOf(row),
          },
  };
}
