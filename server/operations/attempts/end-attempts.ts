import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { type SettledAttempt, settleAttempts } from "#server/store/attempts/settle-attempts.ts";
import { loadHeldJobs } from "#server/store/leases/load-held-jobs.ts";
import { type LeaseRow, lockLeases } from "#server/store/leases/lock-leases.ts";
import type { Engine } from "../engine.ts";
import { decideSettlement, type EndedAttempt, type Settlement } from "./decide-settlement.ts";
import { noteRaised } from "./note-raised.ts";

/**
 * Settle attempts of one worker that failed, timed out or were handed back after starting, in one transaction:
 * lock their leases, decide each in core, write. Returns the job ids that were still held; of the others the lease
 * was lost and nothing is written.
 */
export async function endAttempts(
  engine: Engine,
  workerId: string,
  ended: EndedAttempt[],
  closedLeaseIds: string[],
): Promise<Set<string>> {
  const leaseIds = [...new Set([...ended.map((each) => each.leaseId), ...closedLeaseIds])];
  const settled = await inTransaction(engine.settles, async (transaction) => {
    const leases = await lockLeases(transaction, workerId, leaseIds);
    return settleHeld(engine, transaction, leases, ended, closedLeaseIds);
  });
  countSettled(engine, settled);
  return new Set(settled.map(({ row }) => row.jobId));
}

/** Decide and write for leases the caller has locked; returns what was settled. */
export async function settleHeld(
  engine: Engine,
  transaction: Queryable,
  leases: LeaseRow[],
  ended: EndedAttempt[],
  closedLeaseIds: string[],
): Promise<Settlement[]> {
  const standing = new Map(leases.map((lease) => [lease.id, lease]));
  const held = ended.filter((each) => standing.has(each.leaseId));
  const jobs =
    held.length > 0
      ? await loadHeldJobs(
          transaction,
          held.map((each) => each.jobId),
        )
      : [];
  const jobById = new Map(jobs.map((job) => [job.id, job]));
  const settlements: Settlement[] = [];
  const undecided = new Set<string>();
  for (const each of held) {
    const job = jobById.get(each.jobId);
    if (!job) continue;
    const lane = engine.catalog.current.lanes.get(job.lane);
    if (!lane) {
      // This process has not heard of the lane yet: its lease must stand, or the job would be nowhere.
      undecided.add(each.leaseId);
      continue;
    }
    const spec = await engine.catalog.specOf(lane.definition, job.definitionVersion);
    const facts = { ended: each, job, spec, definition: lane.definition.name };
    settlements.push(decideSettlement(engine, engine.catalog.current, facts));
  }
  const closed = closedLeaseIds.filter((id) => !undecided.has(id));
  const written = await settleAttempts(
    transaction,
    settlements.map(({ row }) => row),
    closed,
  );
  const settled = settlements.filter(({ row }) => written.has(row.jobId));
  await noteRaised(engine, transaction, settled);
  return settled;
}

/** Tell the counters, and workers that may be asleep, what was settled. */
export function countSettled(engine: Engine, settlements: Settlement[]): void {
  const ready = new Set<number>();
  for (const { row, failureClass, dependency, raisedFrom } of settlements) {
    // What never started was not counted as a start either.
    if (row.outcome !== null)
      engine.outcomes.ended(row.lane, failureClass, dependency, row.finishedAtMs - row.startedAtMs);
    const name = counterOf(row);
    // The class it ran in: what it is raised to counts from its next start on.
    const rank = raisedFrom ?? row.rank;
    if (name) engine.meter.count(name, row.lane, rank);
    if (failureClass) engine.meter.failed(row.lane, rank, failureClass);
    if (row.outcome !== null) engine.meter.ran(row.lane, rank, row.finishedAtMs - row.startedAtMs);
    if (row.placement === "ready") ready.add(row.lane);
  }
  if (ready.size > 0) engine.wake.send(ready);
}

function counterOf(row: SettledAttempt): "retried" | "died" | "cancelled" | null {
  if (row.placement === "dead") return "died";
  if (row.placement === "cancelled") return "cancelled";
  return row.outcome === "released" || row.outcome === "preempted" ? null : "retried";
}
