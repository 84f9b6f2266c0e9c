import type { BreakerSettings } from "../../core/breaker/breaker-settings.ts";
import { defaultPrioritySettings } from "../../core/priority/priority-settings.ts";
import { defaultRetryPolicy } from "../../core/retry/default-retry-policy.ts";
import type { PhaseCounts } from "../storm/service-counters.ts";
import { type ServiceSettings, SimulatedService } from "./simulated-service.ts";
import { World } from "./world.ts";

/** An even load on one service that is never down. */
export interface SteadyLoad {
  seed: number;
  jobsPerSecond: number;
  workers: readonly number[];
  service: ServiceSettings;
  settings: BreakerSettings;
  endMs: number;
}

/** One world under an even load of jobs of all classes; with what the service saw. */
export function simulateLoad(load: SteadyLoad): { world: World; calls: PhaseCounts; submitted: number } {
  const { seed, jobsPerSecond, workers, service, settings, endMs } = load;
  const plan = { startMs: 0, downMs: Infinity, upMs: Infinity, downMode: "refusing" } as const;
  let simulated: SimulatedService | undefined;
  const world = new World({
    seed,
    layout: {
      lanes: [{ name: "call", dependencies: [0] }],
      dependencies: [{ name: "downstream", settings }],
      priority: defaultPrioritySettings,
      policy: defaultRetryPolicy,
    },
    workers,
    handler: ({ time, random }) => {
      const downstream = new SimulatedService(plan, service, time, random);
      simulated = downstream;
      return (_job, done) => downstream.call(done);
    },
  });
  let submitted = 0;
  world.arrive(jobsPerSecond, endMs, (index) => {
    submitted++;
    world.submit([{ lane: 0, rank: index % 5 }]);
  });
  world.time.run(endMs);
  return { world, calls: (simulated as SimulatedService).counters.report(endMs).phases.warmUp, submitted };
}
