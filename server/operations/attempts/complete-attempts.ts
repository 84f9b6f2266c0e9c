import { retryDeadlock } from "#db/transaction.ts";
import { type Completion, completeAttempts as write } from "#server/store/attempts/complete-attempts.ts";
import type { Engine } from "../engine.ts";
import { keepResults } from "../fallbacks/keep-results.ts";

/** A completion with what the counters want to know of it. */
export interface CompletedRun extends Completion {
  lane: number;
  rank: number;
}

/**
 * Settle completed attempts of one worker, durable when it resolves. Returns the ids that were accepted; of the
 * others the lease was lost and the result is discarded. Safe to call again with the same after a lost connection.
 */
export async function completeAttempts(
  engine: Engine,
  workerId: string,
  runs: CompletedRun[],
  closedLeaseIds: string[],
): Promise<"all" | Set<string>> {
  const accepted = await retryDeadlock(() => write(engine.settles, workerId, runs, closedLeaseIds));
  if (engine.catalog.current.cachedForMs.size > 0) await keepResults(engine, runs, accepted);
  for (const run of runs) {
    if (accepted !== "all" && !accepted.has(run.jobId)) continue;
    engine.meter.count("completed", run.lane, run.rank);
    engine.meter.ran(run.lane, run.rank, run.finishedAtMs - run.startedAtMs);
    engine.outcomes.completed(run.lane, run.finishedAtMs - run.startedAtMs);
  }
  return accepted;
}
