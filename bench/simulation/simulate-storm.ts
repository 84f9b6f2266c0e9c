import { type BreakerSettings, breakerSettingsSchema } from "../../core/breaker/breaker-settings.ts";
import { defaultPrioritySettings } from "../../core/priority/priority-settings.ts";
import { defaultRetryPolicy } from "../../core/retry/default-retry-policy.ts";
import { dueMs } from "../harness/pace.ts";
import {
  healthyBacklog,
  idealDrainMs,
  patience,
  type StormRun,
  type StormTimes,
} from "../storm/run-storm.ts";
import { bucketMs } from "../storm/service-counters.ts";
import { jobsPerSecond, type StormCase, serviceCallsPerSecond } from "../storm/storm-case.ts";
import { SimulatedService } from "./simulated-service.ts";
import { World } from "./world.ts";

const callLane = 0;
const bystanderLane = 1;
const normalRank = 2;
const bystanderMs = 10;

/** The storm of bench/storm/run-storm.ts in virtual time; `settings` are those of the service as a dependency. */
export function simulateStorm(
  { slots, downMode, bystandersPerSecond }: StormCase,
  times: StormTimes,
  seed: number,
  settings: BreakerSettings = breakerSettingsSchema.parse({}),
): StormRun & { world: World } {
  const upMs = times.warmUpMs + times.downMs;
  const lastMs = upMs + patience * idealDrainMs((times.downMs / 1000) * jobsPerSecond * 1.2);
  const plan = { startMs: 0, downMs: times.warmUpMs, upMs, downMode };
  const bystanderStream = { perSecond: bystandersPerSecond, endMs: upMs };
  const service = { callsPerSecond: serviceCallsPerSecond, latencyMs: 20, failing: 0 };
  const bystanderStartMs: number[] = [];
  const numbers: number[] = [];
  let simulated: SimulatedService | undefined;
  const world = new World({
    seed,
    layout: {
      lanes: [
        { name: "call", dependencies: [0] },
        { name: "bystander", dependencies: [] },
      ],
      dependencies: [{ name: "downstream", settings }],
      priority: defaultPrioritySettings,
      policy: defaultRetryPolicy,
    },
    workers: [slots],
    handler: ({ time, random }) => {
      const downstream = new SimulatedService(plan, service, time, random);
      simulated = downstream;
      return (job, done) => {
        if (job.lane === callLane) return downstream.call(done);
        bystanderStartMs[numbers[job.number] ?? 0] ??= time.nowMs;
        time.after(bystanderMs, () => done(null));
      };
    },
  });
  const { time, queue } = world;
  let submitted = 0;
  let others = 0;
  world.arrive(jobsPerSecond, lastMs, () => {
    submitted++;
    world.submit([{ lane: callLane, rank: normalRank }]);
  });
  world.arrive(bystandersPerSecond, upMs, (index) => {
    others = index + 1;
    numbers[submitted + index] = index;
    world.submit([{ lane: bystanderLane, rank: normalRank }]);
  });
  const unfinished: number[] = [];
  time.repeat(() => {
    unfinished.push(queue.unfinished);
    return bucketMs;
  });
  time.run(upMs);
  const backlog = queue.unfinished;
  const boundMs = patience * idealDrainMs(backlog);
  time.run(upMs + boundMs, () => queue.unfinished <= healthyBacklog);
  const isDrained = queue.unfinished <= healthyBacklog;
  return {
    times,
    service: (simulated as SimulatedService).counters.report(time.nowMs),
    backlog,
    drainedMs: isDrained ? time.nowMs - upMs : null,
    boundMs,
    dead: queue.dead,
    bystanders: Array.from({ length: others }, (_, index) => {
      const due = dueMs(bystanderStream, index);
      return { dueMs: due, waitMs: (bystanderStartMs[index] ?? time.nowMs) - due };
    }),
    unfinished,
    world,
  };
}
