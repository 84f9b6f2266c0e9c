import { pickPreemptions, type UrgentHead } from "#core/priority/pick-preemptions.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { type DepthRow, readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import { forgetPreemptRequests } from "#server/store/preemption/forget-preempt-requests.ts";
import { insertPreemptRequest } from "#server/store/preemption/insert-preempt-request.ts";
import { readPreemptCandidates } from "#server/store/preemption/read-preempt-candidates.ts";
import { listPoolSlots, type PoolSlots } from "#server/store/workers/list-pool-slots.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";

const lastUrgentRank = 1;

/**
 * Free slots for urgent work that is late, by asking preemptible jobs to give way at their next checkpoint. While nothing
 * urgent is late it costs one look at the last depths. Returns how many were asked; false when the duty was lost.
 */
export async function preemptForUrgent(engine: Engine, duty: Duty): Promise<number | false> {
  const lanes = [...engine.catalog.current.lanes.values()];
  const preemptible = lanes.filter(({ definition }) => definition.spec.preemptible === true);
  if (preemptible.length === 0) return 0;
  const depths = await readLatestDepths(engine.counters);
  const late = lateHeads(engine, depths?.rows ?? []);
  if (late.size === 0) return 0;
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
    const slots = Map.groupBy(await listPoolSlots(transaction), ({ pool }) => pool);
    const standing = await forgetPreemptRequests(transaction);
    let asked = 0;
    for (const [pool, heads] of late) {
      const workers = slots.get(pool) ?? [];
      const running = runningIn(engine, pool, depths?.rows ?? []);
      asked += await preemptPool(engine, transaction, {
        pool,
        heads,
        workers,
        running,
        preemptible,
        standing,
      });
    }
    return asked;
  });
}

/** By pool: urgent lanes whose oldest job has missed its budget and could start but for a slot. */
function lateHeads(engine: Engine, depths: readonly DepthRow[]): Map<string, UrgentHead[]> {
  const { current } = engine.catalog;
  const nowMs = engine.clock.nowMs();
  const late = new Map<string, UrgentHead[]>();
  for (const { lane: id, rank, available, oldestRunAtMs } of depths) {
    const lane = current.lanes.get(id);
    if (lane === undefined || rank > lastUrgentRank || oldestRunAtMs === null || available === 0) continue;
    if (nowMs - oldestRunAtMs <= current.priority.classes[priorityAt(rank)].budgetMs) continue;
    const { queue, definition } = lane;
    // What a gate, a cap or a rate holds back would not start in a slot that is freed either.
    const limited = queue.maxRunning !== null || queue.rateLimit !== null;
    if (queue.paused || definition.paused || limited || engine.flow.laneGate(lane) !== "open") continue;
    const head = { rank, runAtMs: oldestRunAtMs, waiting: available };
    late.set(queue.pool, [...(late.get(queue.pool) ?? []), head]);
  }
  return late;
}

function runningIn(engine: Engine, pool: string, depths: readonly DepthRow[]): number {
  return depths
    .filter(({ lane }) => engine.catalog.current.lanes.get(lane)?.queue.pool === pool)
    .reduce((sum, { running }) => sum + running, 0);
}

async function preemptPool(
  engine: Engine,
  transaction: Queryable,
  facts: {
    pool: string;
    heads: UrgentHead[];
    workers: PoolSlots[];
    running: number;
    preemptible: Lane[];
    standing: { workerId: string }[];
  },
): Promise<number> {
  const { pool, heads, workers, running, preemptible, standing } = facts;
  const slots = workers.reduce((sum, { concurrency }) => sum + concurrency, 0);
  if (slots === 0) return 0;
  const ids = new Set(workers.map(({ workerId }) => workerId));
  const candidates = await readPreemptCandidates(
    transaction,
    preemptible.filter(({ queue }) => queue.pool === pool).map(({ id }) => id),
    [...ids],
  );
  const { jobIds, urgent, lateMs, because } = pickPreemptions({
    nowMs: engine.clock.nowMs(),
    heads,
    free: Math.max(0, slots - running),
    slots,
    asked: standing.filter(({ workerId }) => ids.has(workerId)).length,
    candidates,
    settings: engine.catalog.current.priority,
  });
  for (const jobId of jobIds) {
    const candidate = candidates.find((each) => each.jobId === jobId);
    if (candidate === undefined) continue;
    await insertPreemptRequest(transaction, candidate);
    const definition = engine.catalog.current.lanes.get(candidate.lane)?.definition.name ?? "";
    await recordAutomation(transaction, {
      kind: "job-preempted",
      objectKind: "job",
      objectId: jobId,
      cause: `asked to give way at its next checkpoint, no attempt used: ${because}`,
      figures: {
        definition,
        urgent,
        lateMs: Math.round(lateMs),
        slots,
        preemptions: candidate.preemptions + 1,
      },
    });
  }
  return jobIds.length;
}
