import { defaultPrioritySettings } from "../../core/priority/priority-settings.ts";
import { defaultRetryPolicy } from "../../core/retry/default-retry-policy.ts";
import { dueCount } from "../harness/pace.ts";
import {
  type ClassName,
  classNames,
  handlerMs,
  type Mix,
  type MixedJob,
  type MixRun,
  slots,
} from "../starvation/run-mix.ts";
import { World } from "./world.ts";

const rankOf: Readonly<Record<ClassName, number>> = { high: 1, low: 3 };

/** The mix of bench/starvation/run-mix.ts in virtual time. */
export function simulateMix(mix: Mix, seed: number): MixRun & { world: World } {
  const jobs: Record<ClassName, MixedJob[]> = { high: [], low: [] };
  const byNumber: MixedJob[] = [];
  let ended = 0;
  const world = new World({
    seed,
    layout: {
      lanes: classNames.map((name) => ({ name, dependencies: [] })),
      dependencies: [],
      priority: defaultPrioritySettings,
      policy: defaultRetryPolicy,
    },
    workers: [slots],
    handler:
      ({ time }) =>
      ({ number }, done) => {
        const job = byNumber[number];
        if (!job || job.startMs !== null) throw new Error(`job ${number} is unknown or ran twice`);
        job.startMs = time.nowMs;
        time.after(handlerMs, () => {
          job.endMs = time.nowMs;
          ended++;
          done(null);
        });
      },
  });
  const { time } = world;
  for (const [lane, name] of classNames.entries()) {
    const { perSecond, atStart = 0, endMs } = mix[name];
    const submit = () => {
      const job = { dueMs: time.nowMs, submittedMs: time.nowMs, startMs: null, endMs: null };
      jobs[name].push(job);
      byNumber.push(job);
      world.submit([{ lane, rank: rankOf[name] }]);
    };
    for (let first = 0; first < atStart; first++) submit();
    world.arrive(perSecond, endMs, submit);
  }
  const lastMs = Math.max(mix.high.endMs, mix.low.endMs);
  const total = classNames.reduce((sum, name) => sum + dueCount(mix[name], lastMs), 0);
  time.run(lastMs + mix.patienceMs, () => ended === total);
  return { jobs, overMs: time.nowMs, world };
}
