import { inTransaction } from "#db/transaction.ts";
import { lockExpiredLeases } from "#server/store/leases/lock-leases.ts";
import { addTakenBack } from "#server/store/workers/add-taken-back.ts";
import type { EndedAttempt, Settlement } from "../attempts/decide-settlement.ts";
import { countSettled, settleHeld } from "../attempts/end-attempts.ts";
import type { Engine } from "../engine.ts";

/**
 * Take back the jobs of up to `limit` leases that ran out (worker lost), and end attempts past the deadline the
 * server keeps for them (timed out). Two statements on purpose: the leases are locked first, and only a statement
 * after that, with its own snapshot, reads what is still open, so a job completed in between stays completed.
 * Returns how many attempts were taken back.
 */
export async function reapLeases(engine: Engine, limit: number): Promise<number> {
  const settled = await inTransaction(engine.pool, async (transaction): Promise<Settlement[]> => {
    const leases = await lockExpiredLeases(transaction, limit);
    if (leases.length === 0) return [];
    const nowMs = engine.clock.nowMs();
    const ended = leases.flatMap((lease) => {
      const fenced = new Set(lease.fenced);
      // Without a limit of its own, or with a later one, a lease can only have run out, whatever this process's clock says.
      const expired = lease.deadlineMs === null || lease.untilMs <= lease.deadlineMs || lease.untilMs < nowMs;
      return lease.ids.flatMap((jobId, index): EndedAttempt[] => {
        if (fenced.has(jobId)) return [];
        const attempt = lease.attempts[index] ?? 1;
        const common = {
          leaseId: lease.id,
          jobId,
          attempt,
          workerId: lease.workerId,
          startedAtMs: lease.claimedAtMs,
          finishedAtMs: nowMs,
        };
        if (expired) return [{ ...common, outcome: "lost", failure: null }];
        const limitMs = (lease.deadlineMs ?? nowMs) - lease.claimedAtMs;
        const message = `the attempt ran longer than its limit of ${limitMs} ms`;
        return [
          { ...common, outcome: "timed-out", failure: { name: "AttemptTimeout", message, class: "timeout" } },
        ];
      });
    });
    const taken = await settleHeld(
      engine,
      transaction,
      leases,
      ended,
      leases.map((lease) => lease.id),
    );
    const lost = taken.map(({ row }) => row).filter((row) => row.outcome === "lost");
    await addTakenBack(
      transaction,
      countBy(lost, (row) => row.workerId),
    );
    return taken;
  });
  countSettled(engine, settled);
  for (const { row } of settled)
    engine.log.warn(
      {
        job: row.jobId,
        attempt: row.attempt,
        worker: row.workerId,
        outcome: row.outcome,
        placement: row.placement,
      },
      "took back an attempt",
    );
  return settled.length;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
