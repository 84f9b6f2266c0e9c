import { ejectWorkers } from "#core/worker/eject-workers.ts";
import { inTransaction } from "#db/transaction.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { countWorkerOutcomes } from "#server/store/ejection/count-worker-outcomes.ts";
import { listEjections } from "#server/store/ejection/list-ejections.ts";
import { replaceEjections } from "#server/store/ejection/replace-ejections.ts";
import { listPoolSlots } from "#server/store/workers/list-pool-slots.ts";
import { readWorkerTallies } from "#server/store/workers/read-worker-tallies.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";

/** Attempts that ended within it are what a worker is judged by, ms. */
const windowMs = 300_000;

/**
 * Take workers that fail far more than their peers out for a while, probe them, and let them return; a fleet of fewer than
 * three is left alone. Returns how many acts there were; false when the duty was lost.
 */
export function ejectOutliers(engine: Engine, duty: Duty): Promise<number | false> {
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
    const workers = await listPoolSlots(transaction);
    const before = await listEjections(transaction);
    if (workers.length < 3 && before.length === 0) return 0;
    const { lanes } = engine.catalog.current;
    const tallies = (await readWorkerTallies(transaction, windowMs)).flatMap(({ lane, ...tally }) => {
      const definition = lanes.get(lane)?.definition.name;
      return definition === undefined ? [] : [{ ...tally, definition }];
    });
    const probing = before.filter(({ phase }) => phase === "probing");
    const probed = probing.length === 0 ? [] : await countWorkerOutcomes(transaction, probing);
    const { ejections, acts } = ejectWorkers(before, {
      nowMs: engine.clock.nowMs(),
      workers,
      tallies,
      windowMs,
      probed: new Map(probed.map(({ workerId, ...counts }) => [workerId, counts])),
      random: engine.random,
    });
    if (acts.length === 0 && ejections.length === before.length) return 0;
    const told = [...new Set(acts.map(({ workerId }) => workerId))];
    await replaceEjections(transaction, ejections, told);
    for (const { kind, workerId, cause, figures } of acts) {
      const undo =
        kind === "worker-ejected" ? { action: "worker.return", label: "Give it jobs again" } : null;
      await recordAutomation(transaction, {
        kind,
        objectKind: "worker",
        objectId: workerId,
        cause,
        figures,
        undo,
      });
    }
    return acts.length;
  });
}
