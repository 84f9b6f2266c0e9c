import { type Bench, type Contender, emptySize } from "../harness/bench.ts";
import { atLeast, atMost } from "../harness/goal.ts";
import { runBacklog } from "../harness/run-backlog.ts";
import { systemNames } from "../harness/system.ts";

/** How fast one worker process empties a backlog of jobs that do nothing: the engine's own cost. */
export const drain: Bench = {
  name: "drain",
  what: "100,000 no-op jobs in a backlog, one worker process: from the first start to the last completion committed",
  metrics: [
    { key: "jobsPerSecond", title: "jobs drained", unit: "jobs/s", better: "higher" },
    { key: "cpu", title: "CPU, server and node", unit: "s per 100,000 jobs", better: "lower" },
    { key: "serverCpu", title: "CPU of the server", unit: "s per 100,000 jobs", better: "lower" },
    { key: "nodeCpu", title: "CPU of node", unit: "s per 100,000 jobs", better: "lower" },
  ],
  rounds: { full: 5, quick: 2 },
  contenders({ quick, future, jobs }) {
    const size = { ...emptySize, jobs: jobs ?? (quick ? 20_000 : 100_000) };
    const contenders: Contender[] = systemNames.map((system) => ({ name: system, system, size }));
    if (future) {
      const futureJobs = quick ? 200_000 : 1_000_000;
      contenders.push({ name: "signalbox-future", system: "signalbox", size: { ...size, futureJobs } });
    }
    return contenders;
  },
  measure: runBacklog,
  goals({ jobsPerSecond, cpu }) {
    const ratio = jobsPerSecond?.ratio ?? {};
    const goals = [
      atLeast("drain ÷ graphile-worker-best", ratio["graphile-worker-best"], 2),
      atLeast("drain ÷ ceiling", ratio.ceiling, 0.7),
      atMost("CPU ÷ graphile-worker-best", cpu?.ratio["graphile-worker-best"], 0.7),
    ];
    const withFuture = ratio["signalbox-future"];
    if (withFuture !== undefined)
      goals.push(atLeast("drain with future jobs ÷ without", 1 / withFuture, 0.9));
    return goals;
  },
};
