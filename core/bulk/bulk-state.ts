/**
 * Where an operation stands. `freezing`: its set of jobs is being made (outside it is shown as running). `halted`: it
 * stopped by itself; `paused`: somebody stopped it; both can be resumed or aborted.
 */
export const bulkStates = ["freezing", "running", "paused", "completed", "halted", "aborted"] as const;
export type BulkState = (typeof bulkStates)[number];

/** Whether nothing happens any more. */
export function isBulkOver(state: BulkState): boolean {
  return state === "completed" || state === "aborted";
}

/** What became of one job of an operation; null while it has not been its turn. */
export const bulkOutcomes = ["done", "failed", "skipped"] as const;
export type BulkOutcome = (typeof bulkOutcomes)[number];
