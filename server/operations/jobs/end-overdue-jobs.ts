import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { settleAttempts } from "#server/store/attempts/settle-attempts.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { insertDead } from "#server/store/jobs/insert-placement.ts";
import { takeOverdue } from "#server/store/jobs/take-overdue.ts";
import { takeWaitingJob } from "#server/store/jobs/take-waiting-job.ts";
import { loadHeldJobs } from "#server/store/leases/load-held-jobs.ts";
import { lockLeaseOfJob } from "#server/store/leases/lock-leases.ts";
import type { Engine } from "../engine.ts";

/** What a job that ran out of its whole time is given up for. */
export const outOfTimeReason = "the whole-job limit (totalMs) has passed";
const reason = outOfTimeReason;

/**
 * End up to `limit` jobs whose whole-job limit has passed as dead, waiting or running. A running one is taken from
 * its worker, which learns of it by its next heartbeat and whose result is refused. Returns how many limits were
 * dealt with, those of jobs that had ended by themselves included.
 */
export async function endOverdueJobs(engine: Engine, limit: number): Promise<number> {
  return inTransaction(engine.pool, async (transaction) => {
    const { taken, open } = await takeOverdue(transaction, limit);
    for (const jobId of open) await endOverdue(engine, transaction, jobId);
    return taken;
  });
}

/** A job can slip from one placement to the next between two looks; it cannot do so for ever. */
const looks = 5;

async function endOverdue(engine: Engine, transaction: Queryable, jobId: string): Promise<void> {
  for (let look = 1; look <= looks; look++) {
    if ((await findEndedState(transaction, jobId)) !== null) return;
    if (await tryEnd(engine, transaction, jobId)) return;
  }
}

async function tryEnd(engine: Engine, transaction: Queryable, jobId: string): Promise<boolean> {
  const waiting = await takeWaitingJob(transaction, jobId, ["ready", "scheduled", "held", "pending"]);
  if (waiting !== null) {
    await insertDead(transaction, jobId, waiting, "timeout", reason);
    await insertJobEvent(transaction, {
      jobId,
      kind: "dead",
      from: waiting.state,
      to: "dead",
      actor: "dispatcher",
      because: [reason],
    });
    engine.meter.count("died", waiting.lane, waiting.rank);
    return true;
  }
  const lease = await lockLeaseOfJob(transaction, jobId);
  const [job] = lease ? await loadHeldJobs(transaction, [jobId]) : [];
  if (!lease || !job) return false;
  const nowMs = engine.clock.nowMs();
  const message = JSON.stringify({ name: "JobTimeout", message: reason, class: "timeout" });
  const decision = JSON.stringify({ kind: "dead", delayMs: null, runAt: null, because: [reason] });
  const empty = { origin: "environment", ruleId: null, ruleName: null, fingerprint: null };
  const last = lease.ids.filter((id) => !lease.fenced.includes(id)).length === 1;
  const settled = await settleAttempts(
    transaction,
    [
      {
        leaseId: lease.id,
        jobId,
        lane: job.lane,
        rank: job.rank,
        amended: job.amended,
        attempt: lease.attempts[lease.ids.indexOf(jobId)] ?? 1,
        outcome: "timed-out",
        workerId: lease.workerId,
        startedAtMs: lease.claimedAtMs,
        finishedAtMs: nowMs,
        error: message,
        failureClass: "timeout",
        ...empty,
        decision,
        placement: "dead",
        runAtMs: nowMs,
        failures: job.failures + 1,
        losses: job.losses,
        reason,
        actor: "dispatcher",
      },
    ],
    last && lease.ids.length === 1 ? [lease.id] : [],
  );
  if (settled.size > 0) engine.meter.count("died", job.lane, job.rank);
  return settled.size > 0;
}
