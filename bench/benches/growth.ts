import { type Bench, emptySize } from "../harness/bench.ts";
import { atLeast } from "../harness/goal.ts";
import { runBacklog } from "../harness/run-backlog.ts";

/** Whether `drain` keeps its speed in a database that has been in use: finished jobs behind, future jobs ahead. */
export const growth: Bench = {
  name: "growth",
  what: "drain with 10 million finished and 1 million future jobs beside the backlog, against drain without",
  metrics: [
    { key: "jobsPerSecond", title: "jobs drained", unit: "jobs/s", better: "higher" },
    { key: "cpu", title: "CPU, server and node", unit: "s per 100,000 jobs", better: "lower" },
  ],
  rounds: { full: 3, quick: 2 },
  contenders({ quick, jobs }) {
    const size = { ...emptySize, jobs: jobs ?? (quick ? 20_000 : 100_000) };
    const grown = quick
      ? { pastJobs: 500_000, futureJobs: 100_000 }
      : { pastJobs: 10_000_000, futureJobs: 1_000_000 };
    return [
      { name: "signalbox", system: "signalbox", size },
      { name: "signalbox-grown", system: "signalbox", size: { ...size, ...grown } },
    ];
  },
  measure: runBacklog,
  goals({ jobsPerSecond }) {
    const without = jobsPerSecond?.ratio["signalbox-grown"];
    return [atLeast("drain grown ÷ without", without === undefined ? undefined : 1 / without, 0.9)];
  },
};
