import { type Bench, emptySize, type Measurement } from "../harness/bench.ts";
import type { FlowSystem } from "../harness/flow-system.ts";
import { atLeast, atMost } from "../harness/goal.ts";
import type { Place, SystemName } from "../harness/system.ts";
import { writeTrace } from "../harness/write-trace.ts";
import { capacity, runMix } from "../starvation/run-mix.ts";
import { summariseBeside, summariseFlood } from "../starvation/summarise-mix.ts";

const systems: SystemName[] = ["signalbox", "graphile-worker-default", "pg-boss", "bullmq"];
const caseNames = ["flood", "beside"];
const lowAtStart = 100;
const lowPerSecond = 5;

async function measureFlood(
  flow: FlowSystem,
  place: Place,
  name: string,
  floodMs: number,
): Promise<Measurement> {
  const run = await runMix(flow, place, {
    high: { perSecond: 1.2 * capacity, endMs: floodMs },
    low: { perSecond: lowPerSecond, atStart: lowAtStart, endMs: floodMs },
    patienceMs: 2 * floodMs,
  });
  writeTrace(`starvation-flood-${name}`, { floodMs, ...run });
  return summariseFlood(run, floodMs);
}

async function measureBeside(
  flow: FlowSystem,
  place: Place,
  name: string,
  lastMs: number,
): Promise<Measurement> {
  const run = await runMix(flow, place, {
    high: { perSecond: 0.8 * capacity, endMs: lastMs },
    low: { perSecond: 2 * capacity, endMs: lastMs },
    patienceMs: 0,
  });
  writeTrace(`starvation-beside-${name}`, { floodMs: lastMs, ...run });
  return summariseBeside(run, Math.min(3_000, lastMs / 2));
}

/** Whether less urgent work survives a flood of urgent work, and urgent work a flood of the other. */
export const starvation: Bench = {
  name: "starvation",
  what: "20 slots of 50 ms: high at 120 % of capacity for 30 s with low jobs beside it; then high at 80 %, low at 200 %",
  metrics: [
    { key: "lowDone", title: "low jobs done in the flood", unit: "jobs", better: "higher" },
    { key: "lowArrived", title: "low jobs that arrived in the flood", unit: "jobs", better: "higher" },
    { key: "longestLowWait", title: "longest wait of a low job", unit: "s", better: "lower" },
    { key: "highP50", title: "wait p50 of high jobs in the flood", unit: "s", better: "lower" },
    { key: "starts", title: "starts in the flood", unit: "jobs", better: "higher" },
    { key: "besideP50", title: "wait p50 of high jobs beside a low flood", unit: "ms", better: "lower" },
    { key: "besideP99", title: "wait p99 of high jobs beside a low flood", unit: "ms", better: "lower" },
    { key: "besideSubmitP99", title: "until such a job was submitted, p99", unit: "ms", better: "lower" },
  ],
  rounds: { full: 2, quick: 1 },
  cases: caseNames,
  contenders({ quick, cases }) {
    return caseNames
      .filter((name) => !cases || cases.includes(name))
      .flatMap((name) =>
        systems.map((system) => ({
          name: system,
          label: `${system} ${name}`,
          system,
          size: { ...emptySize, seconds: quick ? 10 : 30, case: name },
        })),
      );
  },
  async measure(system, place, size) {
    if (!system.flow) throw new Error(`${system.name} has no priorities to compare`);
    const measure = size.case === "flood" ? measureFlood : measureBeside;
    const seconds = size.case === "flood" ? size.seconds : size.seconds * (2 / 3);
    return measure(system.flow, place, system.name, seconds * 1000);
  },
  goals({ lowDone, longestLowWait, besideP99 }) {
    return [
      atLeast("low done in flood", lowDone?.median.signalbox, 200),
      atMost("longest low wait s", longestLowWait?.median.signalbox, 15),
      atMost("high p99 ms beside a low flood", besideP99?.median.signalbox, 60),
    ];
  },
};
