import { decideRelease } from "#core/bulk/decide-release.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction, sqlState } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { nextBulkItems, settleBulkItems, watchBulkItems } from "#server/store/bulk/bulk-items.ts";
import type { BulkRow } from "#server/store/bulk/bulk-row.ts";
import { findBulk, lockBulk } from "#server/store/bulk/find-bulk.ts";
import { listLiveBulk } from "#server/store/bulk/list-bulk.ts";
import { saveBulkProgress, setBulkState } from "#server/store/bulk/update-bulk.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import type { Engine } from "../engine.ts";
import type { ChangeJob } from "../jobs/job-change.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import { applyItems } from "./apply-items.ts";
import { changeOfAct, prepareAct } from "./change-of-act.ts";
import { freezeBulk } from "./freeze-bulk.ts";

/** Time between two ticks of an operation that goes on, ms. */
const tickMs = 250;
/** Jobs watched after the canary: the newest of them. */
const watchedJobs = 500;

/**
 * One tick of every operation that goes on: make its set, or decide by core and do the next batch. A batch is one
 * transaction with its items, its outcomes and the progress in it, under the epoch of the duty, so that a process killed
 * anywhere leaves each job either done and noted or neither. Returns when to come again.
 */
export async function runBulk(engine: Engine, duty: Duty): Promise<"done" | { inMs: number }> {
  const ids = await listLiveBulk(engine.pool);
  for (const id of ids) {
    try {
      await tickBulk(engine, duty, id, false);
    } catch (error) {
      // One job that the database will not have done must not hold up the others: each on its own savepoint. A server
      // that stops, is full or has deadlocked says nothing about a job.
      if (/^(08|40|53|57)|^$/.test(sqlState(error) ?? "")) throw error;
      engine.log.warn({ bulk: id, error: String(error) }, "a batch failed; going through it one by one");
      await tickBulk(engine, duty, id, true);
    }
  }
  return ids.length === 0 ? "done" : { inMs: tickMs };
}

async function tickBulk(engine: Engine, duty: Duty, id: string, careful: boolean): Promise<void> {
  const bulk = await findBulk(engine.pool, id);
  if (bulk === null) return;
  if (bulk.state === "freezing") return freezeBulk(engine, duty, bulk);
  const change = await changeOfAct(engine, bulk.act);
  if (bulk.act.action === "move") {
    const next = await nextBulkItems(engine.pool, id, bulk.taken, 1_000);
    await prepareAct(
      engine,
      bulk.act,
      next.map(({ jobId }) => jobId),
    );
  }
  const effects = await inTransaction(engine.pool, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return null;
    const now = await lockBulk(transaction, id);
    return now?.state === "running" ? tickLocked(engine, transaction, now, change, careful) : null;
  });
  if (effects === null) return;
  for (const { lane, rank } of effects.cancelled) engine.meter.count("cancelled", lane, rank);
  if (effects.woken.size > 0) engine.wake.send([...effects.woken]);
}

async function tickLocked(
  engine: Engine,
  transaction: Queryable,
  bulk: BulkRow,
  change: ChangeJob,
  careful: boolean,
) {
  const { id, guard, taken } = bulk;
  const atMs = engine.clock.nowMs();
  const watchFrom = Math.max(bulk.guardFrom, taken - Math.max(watchedJobs, guard.canary));
  const watched =
    bulk.act.action === "retry" ? await watchBulkItems(transaction, id, watchFrom, taken) : null;
  const sinceTickMs = bulk.tickedAtMs === null ? null : Math.max(0, atMs - bulk.tickedAtMs);
  const decision = decideRelease({ guard, progress: bulk, sinceTickMs, watched });
  const { progress, verdict } = decision;
  const items =
    decision.kind === "release" ? await nextBulkItems(transaction, id, taken, decision.count) : [];
  const applied = await applyItems(transaction, bulk, items, change, careful);
  if (items.length > 0) await settleBulkItems(transaction, id, applied.settled, atMs);
  await saveBulkProgress(transaction, id, {
    progress: { ...progress, taken: taken + items.length },
    verdict,
    tally: applied.tally,
    atMs,
  });
  if (decision.kind === "complete" || decision.kind === "halt") {
    const complete = decision.kind === "complete";
    const state = complete ? "completed" : "halted";
    const halt = complete ? null : decision.halt;
    await setBulkState(transaction, id, state, halt);
    await insertAuditEntry(transaction, {
      actor: "dispatcher",
      action: complete ? "bulk.finish" : "bulk.halt",
      objectKind: "bulk",
      objectId: id,
      reason: halt?.because ?? null,
      before: { state: "running" },
      after: { state, taken, done: bulk.done, failed: bulk.failed, skipped: bulk.skipped },
    });
  }
  return applied;
}
