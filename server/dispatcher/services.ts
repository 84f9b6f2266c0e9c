import { assessAlerts } from "#server/operations/alerts/assess-alerts.ts";
import { assessAttention } from "#server/operations/attention/assess-attention.ts";
import { type AnchorKeeper, watchAudit } from "#server/operations/audit/watch-audit.ts";
import { runBulk } from "#server/operations/bulk/run-bulk.ts";
import { ejectOutliers } from "#server/operations/ejection/eject-outliers.ts";
import type { Engine } from "#server/operations/engine.ts";
import { countFailures, forgetFailures } from "#server/operations/failures/count-failures.ts";
import { runFallbacks } from "#server/operations/fallbacks/run-fallbacks.ts";
import { BreakerKeeper } from "#server/operations/flow/breaker-keeper.ts";
import { KeyKeeper } from "#server/operations/flow/key-keeper.ts";
import { endOverdueJobs } from "#server/operations/jobs/end-overdue-jobs.ts";
import { promoteDueJobs } from "#server/operations/jobs/promote-due-jobs.ts";
import { reapLeases } from "#server/operations/leases/reap-leases.ts";
import { type Duty, rollUpCounters, takeDepthSample } from "#server/operations/metrics/maintain-metrics.ts";
import { rollUpDependencies } from "#server/operations/metrics/roll-up-dependencies.ts";
import { sweepStale } from "#server/operations/metrics/sweep-stale.ts";
import { preemptForUrgent } from "#server/operations/preemption/preempt-for-urgent.ts";
import { guardStorage } from "#server/operations/pressure/guard-storage.ts";
import { PressureKeeper } from "#server/operations/pressure/pressure-keeper.ts";
import { advanceQueues } from "#server/operations/queues/advance-queues.ts";
import { enforceRetention } from "#server/operations/retention/enforce-retention.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { ensurePartitions } from "#server/store/jobs/manage-partitions.ts";
import { vacuumHotTables } from "#server/store/jobs/vacuum-hot-tables.ts";
import { endSilentWorkers } from "#server/store/workers/end-silent-workers.ts";
import type { Service } from "./service.ts";

const promoteBatch = 1_000;
const reapBatch = 50;
/**
 * How long a singleton duty is held without being renewed, ms: what a killed dispatcher holds up others. A duty that comes
 * round more seldom is free in between, and may then be done by one dispatcher after the other.
 */
const dutyMs = 10_000;

/**
 * Everything the dispatcher does each second or so. Those before the first duty are safe in any number of dispatchers at once
 * (they take rows with SKIP LOCKED); the rest are singleton duties under a fenced lease row. Without `anchors` the head
 * of the audit trail is kept nowhere but in the database.
 */
export function dispatcherServices(
  engine: Engine,
  owner: string,
  anchors: AnchorKeeper | null = null,
): Service[] {
  const batch = (name: string, everyMs: number, size: number, run: () => Promise<number>): Service => ({
    name,
    everyMs,
    tick: async () => ((await run()) >= size ? "more" : "done"),
  });
  const duty = (name: string, everyMs: number, run: (duty: Duty) => Promise<unknown>): Service => ({
    name,
    everyMs,
    tick: async () => {
      const epoch = await takeDuty(engine.counters, name, owner, dutyMs);
      const answer = epoch === null ? "done" : await run({ name, owner, epoch });
      return answer === "more" || isDue(answer) ? answer : "done";
    },
  });
  const breakers = new BreakerKeeper(engine);
  const keys = new KeyKeeper(engine);
  const pressure = new PressureKeeper(engine);
  return [
    {
      name: "promote",
      // A job scheduled meanwhile for sooner than the next that was known waits this long at most.
      everyMs: 100,
      tick: async () => {
        const { moved, deferred, nextInMs } = await promoteDueJobs(engine, promoteBatch);
        return moved + deferred >= promoteBatch ? "more" : { inMs: nextInMs ?? Number.POSITIVE_INFINITY };
      },
    },
    { name: "keys", everyMs: 100, tick: () => keys.tick() },
    batch("reap", 500, reapBatch, () => reapLeases(engine, reapBatch)),
    batch("overdue", 500, 100, () => endOverdueJobs(engine, 100)),
    batch("silent-workers", 1_000, 100, async () => (await endSilentWorkers(engine.pool, 100)).length),
    batch("queues", 500, Number.POSITIVE_INFINITY, async () => (await advanceQueues(engine)).length),
    duty("breakers", 100, (held) => breakers.tick(held)),
    duty("fallbacks", 1_000, (held) => runFallbacks(engine, held)),
    duty("ejection", 2_000, (held) => ejectOutliers(engine, held)),
    duty("preempt", 500, (held) => preemptForUrgent(engine, held)),
    duty("depth", 500, (held) => takeDepthSample(engine, held, (counted) => pressure.look(held, counted))),
    duty("storage-guard", 10_000, (held) => guardStorage(engine, held)),
    duty("roll-up", 5_000, (held) => rollUpCounters(engine, held)),
    duty("dependency-minutes", 10_000, (held) => rollUpDependencies(engine, held)),
    duty("failures", 1_000, (held) => countFailures(engine, held)),
    duty("attention", 3_000, (held) => assessAttention(engine, held)),
    duty("alerts", 2_000, (held) => assessAlerts(engine, held)),
    duty("forget-failures", 60_000, (held) => forgetFailures(engine, held)),
    duty("bulk", 1_000, (held) => runBulk(engine, held)),
    duty("vacuum", 2_000, () => vacuumHotTables(engine.pool)),
    duty("partitions", 600_000, () => ensurePartitions(engine.pool)),
    duty("sweep", 60_000, (held) => sweepStale(engine, held)),
    duty("retention", 60_000, (held) => enforceRetention(engine, held)),
    duty("audit", 60_000, (held) => watchAudit(engine, held, anchors)),
  ];
}

/** Whether a duty said when it falls due again. */
function isDue(answer: unknown): answer is { inMs: number } {
  return typeof answer === "object" && answer !== null && "inMs" in answer;
}
