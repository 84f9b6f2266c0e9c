import { inTransaction } from "#db/transaction.ts";
import { pruneOutcomes, rollUpOutcomes } from "#server/store/dependencies/roll-up-outcomes.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "./maintain-metrics.ts";

const pruneAtOnce = 5_000;

/**
 * Sum what attempts told of dependencies into minutes, for the pages, and delete a batch of what is past its keeping;
 * `more` when there may be another.
 */
export function rollUpDependencies(engine: Engine, duty: Duty): Promise<"more" | "done" | "lost"> {
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return "lost";
    await rollUpOutcomes(transaction);
    return (await pruneOutcomes(transaction, pruneAtOnce)) >= pruneAtOnce ? "more" : "done";
  });
}
