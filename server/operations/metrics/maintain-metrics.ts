import { inTransaction } from "#db/transaction.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { pruneMetrics, rollUpMetrics, rollUpSteps } from "#server/store/metrics/roll-up.ts";
import { pruneDepth, sampleDepth } from "#server/store/metrics/sample-depth.ts";
import { tellDepths } from "#server/store/metrics/tell-depths.ts";
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

/** Count depths, keep a sample a second, and tell the consoles; says when to count again, false when the duty was lost. */
export async function takeDepthSample(engine: Engine, duty: Duty): Promise<{ inMs: number } | false> {
  const startedAtMs = monotonicMs();
  const held = await inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
    await tellDepths(transaction, await sampleDepth(transaction));
    return true;
  });
  return held && { inMs: Math.max(depthEveryMs, (monotonicMs() - startedAtMs) * depthShare) };
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
