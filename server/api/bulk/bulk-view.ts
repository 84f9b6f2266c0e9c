import { type BulkAct, isDestructive } from "#core/bulk/bulk-action.ts";
import type { BulkGuard } from "#core/bulk/bulk-guard.ts";
import type { BulkState } from "#core/bulk/bulk-state.ts";
import type { BulkVerdict } from "#core/bulk/judge-jobs.ts";
import { rampDurationMs, rampRate } from "#core/bulk/ramp.ts";
import { sayBulk } from "#core/bulk/say-bulk.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import { sourceOf } from "#server/operations/bulk/bulk-source.ts";
import type { BulkRow } from "#server/store/bulk/bulk-row.ts";

/** A bulk operation as the console shows it; instants in ms. */
export interface BulkView {
  id: string;
  act: BulkAct;
  filter: JobFilter | null;
  takesBack: string | null;
  /** 'Retry 2,104 dead jobs of queue billing'. */
  summary: string;
  reason: string | null;
  actor: string;
  state: BulkState;
  matched: number;
  taken: number;
  done: number;
  failed: number;
  skipped: number;
  guard: BulkGuard;
  /** Jobs of the present canary that have been done, and how many it is to have; null without one. */
  canary: { taken: number; jobs: number; passed: boolean } | null;
  verdict: BulkVerdict | null;
  halt: BulkRow["halt"];
  /** Jobs a second that it goes at now; null while it does not. */
  perSecond: number | null;
  /** When it will be done by its ramp, if nothing stops it; null while that cannot be told. */
  endsAtMs: number | null;
  /** Until when what it took out can be put back; null when it cannot. */
  takeBackUntilMs: number | null;
  createdAtMs: number;
  finishedAtMs: number | null;
}

/** How an operation is told, with what follows from its row. */
export function toBulkView(row: BulkRow, nowMs: number, recallMs: number): BulkView {
  const { id, act, filter, takesBack, reason, actor, state, matched, taken, done, failed, skipped } = row;
  const { guard, verdict, halt, createdAtMs, finishedAtMs } = row;
  const watched = act.action === "retry" && guard.canary > 0;
  const ramping = state === "running" && (!watched || row.canaryPassed);
  const still = state === "freezing" || state === "running";
  const takeBack = isDestructive(act.action) && done > 0 && !still && row.tickedAtMs !== null;
  return {
    ...{ id, act, filter, takesBack, reason, actor, state, matched, taken, done, failed, skipped },
    ...{ guard, verdict, halt, createdAtMs, finishedAtMs },
    summary: sayBulk(act, sourceOf(row), state === "freezing" ? null : matched),
    canary: watched
      ? {
          taken: Math.min(taken - row.guardFrom, guard.canary),
          jobs: Math.min(guard.canary, matched - row.guardFrom),
          passed: row.canaryPassed,
        }
      : null,
    perSecond: ramping ? rampRate(guard, row.rampMs) : null,
    endsAtMs: ramping
      ? nowMs + Math.max(0, rampDurationMs(guard, row.ramped + matched - taken) - row.rampMs)
      : null,
    takeBackUntilMs: takeBack && row.tickedAtMs !== null ? row.tickedAtMs + recallMs : null,
  };
}
