import type { Queryable } from "#db/client.ts";
import { sqlState } from "#db/transaction.ts";
import type { BulkItem, SettledItem } from "#server/store/bulk/bulk-items.ts";
import type { BulkRow } from "#server/store/bulk/bulk-row.ts";
import type { BulkTally } from "#server/store/bulk/update-bulk.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import type { JobAction } from "../jobs/job-action.ts";
import type { ChangeJob, JobChange, JobRefusal } from "../jobs/job-change.ts";
import { JobWrites } from "../jobs/job-writes.ts";

/** What a batch came to, and what is to be told once it has been committed. */
export interface AppliedItems {
  settled: SettledItem[];
  tally: BulkTally;
  /** Lanes that have something to claim now. */
  woken: Set<number>;
  /** Jobs cancelled while they waited, for the counters. */
  cancelled: { lane: number; rank: number }[];
}

/** A job can slip from one placement to the next between two looks; it cannot do so for ever. */
const looks = 3;

/** Do the change to each item in its order. `careful` puts each on a savepoint, so that one that breaks is noted as failed. */
export async function applyItems(
  transaction: Queryable,
  bulk: BulkRow,
  items: readonly BulkItem[],
  change: ChangeJob,
  careful: boolean,
): Promise<AppliedItems> {
  const applied: AppliedItems = {
    settled: [],
    tally: { done: 0, failed: 0, skipped: 0 },
    woken: new Set(),
    cancelled: [],
  };
  // Together unless each is to stand for itself; an id that comes twice is taken once.
  const together = new JobWrites(transaction);
  if (!careful && change.takes.length > 0)
    await together.takeAhead([...new Set(items.map(({ jobId }) => jobId))], change.takes);
  for (const item of items) {
    const action = { jobId: item.jobId, reason: bulk.reason, actor: bulk.actor, operationId: bulk.id };
    const outcome = careful
      ? await onSavepoint(transaction, async () => {
          const writes = new JobWrites(transaction);
          const done = await applyOne(writes, action, change);
          await writes.flush();
          return done;
        })
      : await applyOne(together, action, change);
    if ("broken" in outcome) settle(applied, item, "failed", outcome.broken);
    else if ("refused" in outcome) settle(applied, item, "skipped", outcome.refused);
    else {
      const asked = bulk.act.action === "cancel" && outcome.to === "running";
      settle(applied, item, "done", asked ? "its worker was asked to stop" : null, outcome.attempt);
      if (outcome.wake) applied.woken.add(outcome.lane);
      if (outcome.to === "cancelled") applied.cancelled.push(outcome);
    }
  }
  await together.flush();
  return applied;
}

async function applyOne(
  writes: JobWrites,
  action: JobAction,
  change: ChangeJob,
): Promise<JobChange | JobRefusal> {
  for (let look = 1; ; look++) {
    const outcome = await change(writes, action);
    if (outcome !== null) return outcome;
    const ended = await findEndedState(writes.transaction, action.jobId);
    if (ended === "missing") return { refused: "is gone: its retention has passed, or it never was" };
    if (ended !== null) return { refused: `is ${ended}` };
    if (look >= looks) return { refused: "is waiting or running, where this cannot be done" };
  }
}

async function onSavepoint<Result>(
  transaction: Queryable,
  work: () => Promise<Result>,
): Promise<Result | { broken: string }> {
  await transaction.query({ text: "savepoint item" });
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) === undefined) throw error;
    await transaction.query({ text: "rollback to savepoint item" });
    return { broken: error instanceof Error ? error.message : String(error) };
  }
}

function settle(
  applied: AppliedItems,
  item: BulkItem,
  outcome: SettledItem["outcome"],
  detail: string | null,
  attempt?: number,
): void {
  applied.settled.push({ ordinal: item.ordinal, outcome, detail, attempt: attempt ?? null });
  applied.tally[outcome]++;
}
