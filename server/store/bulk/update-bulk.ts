import type { BulkProgress } from "#core/bulk/decide-release.ts";
import type { Queryable } from "#db/client.ts";
import type { BulkRow } from "./bulk-row.ts";

/** Move an operation, which the caller has locked, to another state. A resume begins its canary and its ramp anew. */
export async function setBulkState(
  transaction: Queryable,
  id: string,
  state: BulkRow["state"],
  halt: BulkRow["halt"],
): Promise<void> {
  await transaction.query({
    name: "set-bulk-state",
    text: `update signalbox.bulk_operations set state = $2, halt = $3,
        freeze_cursor = case when $2 in ('freezing', 'paused') then freeze_cursor end,
        started_at = coalesce(started_at, case when $2 = 'running' then clock_timestamp() end),
        finished_at = case when $2 in ('completed', 'aborted') then clock_timestamp() end,
        guard_from = case when $2 = 'running' then taken else guard_from end,
        canary_passed = canary_passed and $2 <> 'running', ramped = case when $2 = 'running' then 0 else ramped end,
        ramp_ms = case when $2 = 'running' then 0 else ramp_ms end,
        ticked_at_ms = case when $2 = 'running' then null else ticked_at_ms end,
        verdict = case when $2 = 'running' then null else verdict end
      where id = $1`,
    values: [id, state, halt === null ? null : JSON.stringify(halt)],
  });
}

/** Where the next page of the set begins. */
export async function setFreezeCursor(transaction: Queryable, id: string, cursor: string): Promise<void> {
  await transaction.query({
    name: "set-freeze-cursor",
    text: "update signalbox.bulk_operations set freeze_cursor = $2 where id = $1",
    values: [id, cursor],
  });
}

/** Outcomes of the items of one tick. */
export interface BulkTally {
  done: number;
  failed: number;
  skipped: number;
}

/** Write how far an operation came in one tick. */
export async function saveBulkProgress(
  transaction: Queryable,
  id: string,
  tick: { progress: BulkProgress; verdict: BulkRow["verdict"]; tally: BulkTally; atMs: number },
): Promise<void> {
  const { progress, verdict, tally, atMs } = tick;
  await transaction.query({
    name: "save-bulk-progress",
    text: `update signalbox.bulk_operations set taken = $2, canary_passed = $3, ramped = $4, ramp_ms = $5, ticked_at_ms = $6,
        verdict = $7, done = done + $8, failed = failed + $9, skipped = skipped + $10 where id = $1`,
    values: [
      id,
      progress.taken,
      progress.canaryPassed,
      progress.ramped,
      progress.rampMs,
      atMs,
      verdict === null ? null : JSON.stringify(verdict),
      tally.done,
      tally.failed,
      tally.skipped,
    ],
  });
}
