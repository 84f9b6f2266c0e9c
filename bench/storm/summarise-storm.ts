import type { Measurement } from "../harness/bench.ts";
import { quantile } from "../harness/summarise.ts";
import { idealDrainMs, type StormRun } from "./run-storm.ts";
import { jobsPerSecond, type StormCaseName } from "./storm-case.ts";

/** The first bystanders meet cold connections and plans: the healthy wait counts from here. */
const settledMs = 2_000;

const p99 = (values: number[]) => (values.length === 0 ? null : quantile(values, 0.99));

/** The figures of one run by metric key. A system that never drained within the bound has the bound as its time. */
export function summariseStorm(name: StormCaseName, run: StormRun): Measurement {
  const { times, service, bystanders } = run;
  const upMs = times.warmUpMs + times.downMs;
  const waits = (fromMs: number, toMs: number) =>
    bystanders.filter(({ dueMs }) => dueMs >= fromMs && dueMs < toMs).map(({ waitMs }) => waitMs);
  const healthy = p99(waits(Math.min(settledMs, times.warmUpMs / 2), times.warmUpMs));
  const down = p99(waits(times.warmUpMs, upMs));
  const figures: Measurement = {
    callsPerJob: service.phases.outage.calls / ((times.downMs / 1000) * jobsPerSecond),
    dead: run.dead,
    refused: service.phases.recovery.refused,
    drain: (run.drainedMs ?? run.boundMs) / idealDrainMs(run.backlog),
    slotSeconds: service.phases.outage.hangingSeconds,
    bystanderHealthy: healthy,
    bystanderDown: down,
    bystanderRatio: healthy === null || down === null ? null : down / healthy,
  };
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${name}.${key}`, value]));
}
