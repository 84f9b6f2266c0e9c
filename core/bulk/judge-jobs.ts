import { wilsonLowerBound } from "../metric/wilson-lower-bound.ts";
import type { BulkGuard } from "./bulk-guard.ts";

/** How the jobs watched fared since they were retried. Lost, released and cancelled attempts say nothing: still waiting. */
export interface WatchedJobs {
  succeeded: number;
  /** Failed again with the failure group they had, or with one when they had none. */
  failedAgain: number;
  /** Failed with groups that they did not have before, the most frequent first. */
  newGroups: { fingerprint: string; jobs: number }[];
  /** Not finished yet. */
  waiting: number;
}

/** What the figures of the jobs watched say. */
export interface BulkVerdict {
  finished: number;
  failed: number;
  waiting: number;
  /** failed ÷ finished; 0 with none finished. */
  failedShare: number;
  /** Lower bound of that share. */
  failedShareAtLeast: number;
  /** Why to stop; null: nothing speaks for it. */
  halt: BulkHalt | null;
}

export interface BulkHalt {
  kind: "failing" | "new-group" | "no-answer";
  because: string;
  /** The failure group that is new, of `new-group`. */
  fingerprint?: string;
}

/** Jobs of one new group below which it may be chance. */
const fewestOfNewGroup = 3;

/**
 * Judge the jobs watched: halt when the lower bound of the failing share is above the setting, when a whole canary
 * has finished and none of it succeeded, or when a new failure group takes more than its share. Failures that are not of
 * these jobs are never asked about.
 */
export function judgeJobs(guard: BulkGuard, watched: WatchedJobs): BulkVerdict {
  const fresh = watched.newGroups.reduce((sum, group) => sum + group.jobs, 0);
  const failed = watched.failedAgain + fresh;
  const finished = watched.succeeded + failed;
  const failedShareAtLeast = wilsonLowerBound(failed, finished);
  const verdict = {
    finished,
    failed,
    waiting: watched.waiting,
    failedShare: finished === 0 ? 0 : failed / finished,
    failedShareAtLeast,
  };
  return { ...verdict, halt: findHalt(guard, watched, verdict) };
}

function findHalt(
  guard: BulkGuard,
  watched: WatchedJobs,
  { finished, failed, failedShareAtLeast }: Omit<BulkVerdict, "halt">,
): BulkHalt | null {
  const all = guard.canary > 0 && finished >= guard.canary && failed === finished;
  if (all || failedShareAtLeast > guard.haltAboveShare) {
    const share = all
      ? "none of them succeeded"
      : `that is surely more than ${percent(guard.haltAboveShare)} (at least ${percent(failedShareAtLeast)})`;
    return { kind: "failing", because: `${failed} of ${finished} finished jobs failed again: ${share}` };
  }
  const [group] = watched.newGroups;
  if (group && group.jobs >= fewestOfNewGroup && group.jobs / finished > guard.newGroupShare)
    return {
      kind: "new-group",
      because: `${group.jobs} of ${finished} finished jobs failed in a way they did not fail before`,
      fingerprint: group.fingerprint,
    };
  return null;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
