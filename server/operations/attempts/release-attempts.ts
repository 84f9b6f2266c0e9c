import { inTransaction } from "#db/transaction.ts";
import { settleAttempts } from "#server/store/attempts/settle-attempts.ts";
import type { ClaimedRow } from "#server/store/jobs/claim-jobs.ts";
import { loadHeldJobs } from "#server/store/leases/load-held-jobs.ts";
import { lockLeases } from "#server/store/leases/lock-leases.ts";
import type { Engine } from "../engine.ts";

/**
 * Hand back claimed jobs whose handler never started: they stand where they stood in line, with no attempt used and
 * no trace of one. A cancel that was asked for meanwhile is carried out. Returns the ids that were still held.
 */
export async function releaseAttempts(
  engine: Engine,
  workerId: string,
  rows: Pick<ClaimedRow, "id" | "leaseId" | "attempt" | "runAtMs">[],
  closedLeaseIds: string[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const released = await inTransaction(engine.settles, async (transaction) => {
    const leaseIds = [...new Set([...rows.map((row) => row.leaseId), ...closedLeaseIds])];
    await lockLeases(transaction, workerId, leaseIds);
    const jobs = new Map(
      (
        await loadHeldJobs(
          transaction,
          rows.map((row) => row.id),
        )
      ).map((job) => [job.id, job]),
    );
    const nowMs = engine.clock.nowMs();
    const settled = rows.flatMap((row) => {
      const job = jobs.get(row.id);
      if (!job) return [];
      const common = {
        leaseId: row.leaseId,
        jobId: row.id,
        lane: job.lane,
        rank: job.rank,
        amended: job.amended,
        attempt: row.attempt,
      };
      const empty = {
        error: null,
        failureClass: null,
        origin: null,
        ruleId: null,
        ruleName: null,
        fingerprint: null,
        decision: null,
      };
      const times = {
        workerId,
        startedAtMs: nowMs,
        finishedAtMs: nowMs,
        failures: job.failures,
        losses: job.losses,
      };
      const placement = job.cancelRequested ? ("cancelled" as const) : ("ready" as const);
      return [
        {
          ...common,
          ...empty,
          ...times,
          outcome: null,
          placement,
          runAtMs: row.runAtMs,
          reason: job.cancelReason,
          actor: job.cancelActor ?? `worker:${workerId}`,
        },
      ];
    });
    const written = await settleAttempts(transaction, settled, closedLeaseIds);
    return settled.filter((each) => written.has(each.jobId));
  });
  engine.wake.send(new Set(released.map((each) => each.lane)));
  return new Set(released.map((each) => each.jobId));
}
