import { type Bench, emptySize, type Metric } from "../harness/bench.ts";
import { atMost } from "../harness/goal.ts";
import type { SystemName } from "../harness/system.ts";
import { writeTrace } from "../harness/write-trace.ts";
import { runStorm } from "../storm/run-storm.ts";
import { type StormCaseName, stormCaseNames, stormCases } from "../storm/storm-case.ts";
import { summariseStorm } from "../storm/summarise-storm.ts";

const systems: SystemName[] = ["signalbox", "graphile-worker-default", "pg-boss", "bullmq"];

const titles: Readonly<Record<StormCaseName, string>> = {
  A: "A, refusing, 10 slots",
  A40: "A40, refusing, 40 slots",
  B: "B, hanging, 40 slots",
};

const figuresOf = (name: StormCaseName): Metric[] => {
  const metric = (key: string, title: string, unit: string): Metric => ({
    key: `${name}.${key}`,
    title: `${titles[name]}: ${title}`,
    unit,
    better: "lower",
  });
  return [
    metric("callsPerJob", "calls in the outage per job arriving in it", "calls"),
    metric("dead", "dead jobs", "jobs"),
    metric("refused", "calls refused for their rate after recovery", "calls"),
    metric("drain", "drain time over ideal (4: not drained within 4 × ideal)", "×"),
    ...(stormCases[name].downMode === "hanging"
      ? [metric("slotSeconds", "slot-seconds lost to hanging calls", "s")]
      : []),
    ...(stormCases[name].bystandersPerSecond > 0
      ? [
          metric("bystanderHealthy", "wait p99 of bystanders before the outage", "ms"),
          metric("bystanderDown", "wait p99 of bystanders in the outage", "ms"),
          metric("bystanderRatio", "the same over its healthy value", "×"),
        ]
      : []),
  ];
};

/** What a broken service costs: itself, the jobs that need it, and the jobs beside them. */
export const storm: Bench = {
  name: "storm",
  what: "150 jobs/s call a service of 200 calls/s that is down for 20 s: refusing (A, A40) or hanging (B)",
  metrics: stormCaseNames.flatMap(figuresOf) as [Metric, ...Metric[]],
  rounds: { full: 1, quick: 1 },
  cases: stormCaseNames,
  contenders({ quick, cases }) {
    const names = stormCaseNames.filter((name) => !cases || cases.includes(name));
    return names.flatMap((name) =>
      systems.map((system) => ({
        name: system,
        label: `${system} ${name}`,
        system,
        size: { ...emptySize, seconds: quick ? 6 : 20, case: name },
      })),
    );
  },
  async measure(system, place, size) {
    if (!system.flow) throw new Error(`${system.name} has no retries to compare`);
    const name = size.case as StormCaseName;
    const times = { warmUpMs: (size.seconds / 2) * 1000, downMs: size.seconds * 1000 };
    const run = await runStorm(system.flow, place, stormCases[name], times);
    writeTrace(`storm-${name}-${system.name}`, run);
    return summariseStorm(name, run);
  },
  goals(summary) {
    const own = (key: string) => summary[key]?.median.signalbox;
    return [
      atMost("A calls per job", own("A.callsPerJob"), 0.05),
      atMost("A dead", own("A.dead"), 0),
      atMost("A40 refused after recovery", own("A40.refused"), 20),
      atMost("A40 drain over ideal", own("A40.drain"), 1.1),
      atMost("B slot-seconds lost", own("B.slotSeconds"), 30),
      atMost("B bystander p99 ratio", own("B.bystanderRatio"), 2),
    ];
  },
};
