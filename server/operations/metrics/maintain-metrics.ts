import { inTransaction } from "#db/transaction.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { pruneMetrics, rollUpMetrics, rollUpSteps } from "#server/store/metrics/roll-up.ts";
import { pruneDepth, sampleDepth } from "#server/store/metrics/sample-depth.ts";
import { tellDepths } from "#server/store/metrics/tell-depths.ts";
import type { CountedDepth } from "#server/store/overview/read-latest-depths.ts";
import { monotonicMs } from "#server/system/clock.ts";
import type { Engine } from "../engine.ts";

/** The right to act as the only one: see server/store/duties. */
export interface Duty {
  name: string;
  owner: string;
  epoch: string;
}

const keepDepthMs = 6 * 3_600_000;
const pruneAtOnce = 5_000;

/** Consoles hear of depths this often, ms, or as seldom as makes counting a tenth of the time. */
const depthEveryMs = 500;
const depthShare = 10;

/**
 * Count depths, keep a sample a second, and tell the consoles; says when to count again, false when the duty was lost.
 * `onCounted` is given the count once it is committed; whatever comes of that does not hold up the next.
 */
export async function takeDepthSample(
  engine: Engine,
  duty: Duty,
  onCounted: (counted: CountedDepth[]) => Promise<unknown> = async () => undefined,
): Promise<{ inMs: number } | false> {
  const startedAtMs = monotonicMs();
  const counted = await inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return null;
    const depths = await sampleDepth(transaction);
    await tellDepths(transaction, depths);
    return depths;
  });
  if (counted === null) return false;
  await onCounted(counted).catch((error: unknown) =>
    engine.log.warn(
      { error: String(error) },
      "reckoning the pressure failed; trying again with the next count",
    ),
  );
  return { inMs: Math.max(depthEveryMs, (monotonicMs() - startedAtMs) * depthShare) };
}

/**
 * Roll counters up to the coarser grains and delete a batch of what is past its keeping; `more` when there may be
 * another.
 */
export function rollUpCounters(engine: Engine, duty: Duty): Promise<"more" | "done" | "lost"> {
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return "lost";
    let most = 0;
    for (const step of rollUpSteps) {
      await rollUpMetrics(transaction, step);
      most = Math.max(most, await pruneMetrics(transaction, step, pruneAtOnce));
    }
    most = Math.max(most, await pruneDepth(transaction, keepDepthMs, pruneAtOnce));
    return most >= pruneAtOnce ? "more" : "done";
  });
}
