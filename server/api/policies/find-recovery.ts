import type { RecordedFailure } from "#core/retry/backtest-policy.ts";
import type { MinuteOutcome } from "#server/store/backtest/read-minute-outcomes.ts";

const minuteMs = 60_000;

/**
 * When a definition worked again after the last failure of a dead job: the first later minute in which most of its
 * attempts succeeded. null when there is none yet, and when most succeeded in the very minute in which this job failed
 * last: then the fault is the job's own. `minutes` are of its lane, in order of time; minutes without an attempt are
 * left out.
 */
export function findRecovery(
  minutes: readonly MinuteOutcome[],
  failures: readonly RecordedFailure[],
): number | null {
  const last = failures.at(-1);
  if (last === undefined) return null;
  const lastMinute = Math.floor(last.startedAtMs / minuteMs) * minuteMs;
  const then = minutes.find(({ atMs }) => atMs === lastMinute);
  if (then !== undefined && mostSucceeded(then)) return null;
  return minutes.find((minute) => minute.atMs > last.startedAtMs && mostSucceeded(minute))?.atMs ?? null;
}

function mostSucceeded({ completed, failed }: MinuteOutcome): boolean {
  return completed > failed;
}
