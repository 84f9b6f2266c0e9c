import { describe, expect, it } from "vitest";
import { type Storm, simulateDependency } from "./testing/simulate-dependency.ts";
import { runSteadyLoad } from "./testing/steady-load.ts";

const storm: Omit<Storm, "seed"> = {
  capacity: 200,
  capacityBurst: 20,
  arrivals: 150,
  downAtMs: 8_000,
  downForMs: 20_000,
  manner: "refusing",
  timeoutMs: 2_000,
  slots: 40,
  processes: 2,
  answerMs: 20,
  noise: 0,
  drained: 5,
  endMs: 105_000,
};
/** A second or two as a rule; on a busy machine it may take its time. */
const patient = { timeout: 60_000 };
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const runs = (given: Partial<Storm>, count = seeds.length) =>
  seeds.slice(0, count).map((seed) => simulateDependency({ ...storm, ...given, seed }));

describe(
  "a dependency of 200 calls/s that is down for 20 s under 150 jobs/s, in 20 seeded runs",
  patient,
  () => {
    it("is called at most 0.05 times for each job that arrives while it refuses, and no job needs more than 4 attempts", () => {
      for (const run of runs({ slots: 20, endMs: 40_000 })) {
        expect(run.jobsInOutage).toBeGreaterThan(2_900);
        expect(run.callsInOutage / run.jobsInOutage).toBeLessThanOrEqual(0.05);
        expect(run.mostAttempts).toBeLessThanOrEqual(4);
      }
    });

    it("refuses at most 20 calls after its recovery, and the backlog is gone within 1.1 times the ideal", () => {
      for (const run of runs({})) {
        expect(run.idealMs).toBeGreaterThan(55_000);
        expect(run.refusedAfter).toBeLessThanOrEqual(20);
        expect((run.drainMs ?? Number.POSITIVE_INFINITY) / run.idealMs).toBeLessThanOrEqual(1.1);
      }
    });

    it("loses at most 30 slot-seconds to calls that hang until a timeout of 2 s, with ten calls under way at most", () => {
      for (const run of runs({ manner: "hanging", slots: 10, endMs: 40_000 })) {
        expect(run.hungMs).toBeGreaterThan(10_000);
        expect(run.hungMs).toBeLessThanOrEqual(30_000);
        expect(run.rampAfterMs).toBeLessThanOrEqual(6_500);
      }
    });

    it("tells an outage as one opening, one first probe, one ramp and one closing", () => {
      for (const run of runs({ endMs: 32_000 }, 5))
        expect(run.acts.map(({ kind }) => kind).filter((kind) => kind.startsWith("breaker"))).toEqual([
          "breaker-opened",
          "breaker-half-open",
          "breaker-ramp-started",
          "breaker-closed",
        ]);
    });
  },
);

describe("the controllers under steady load", patient, () => {
  it("never turn round in 1,000 healthy minutes of 0.5 to 1,000 calls/s with 0 to 5 % of failures", () => {
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const { reversals, acts } = runSteadyLoad(seed);
      expect(reversals).toBe(0);
      expect(acts).toEqual([]);
    }
  });

  it.each([205, 230, 400])(
    "turn round at most twice a minute when %d jobs/s want 200 calls/s for ever, and use all but 3 in 100",
    (arrivals) => {
      const minutes = 4;
      const endMs = minutes * 60_000;
      const run = simulateDependency({ ...storm, arrivals, seed: 1, downAtMs: 0, downForMs: 0, endMs });
      const settled = run.gates.filter(({ atMs }) => atMs > 60_000);
      const steps = settled.map(({ gate }, at) =>
        Math.sign((gate.ratePerSecond ?? 1e9) - (settled[at - 1]?.gate.ratePerSecond ?? 1e9)),
      );
      const turns = steps.slice(1).filter((step) => step !== 0);
      const reversals = turns.filter((step, at) => at > 0 && step !== turns[at - 1]).length;
      expect(reversals / (minutes - 1)).toBeLessThanOrEqual(2);
      const allowed = settled.reduce(
        (sum, { atMs, gate }, at) =>
          sum + (gate.ratePerSecond ?? 0) * ((settled[at + 1]?.atMs ?? endMs) - atMs),
        0,
      );
      expect(allowed / (endMs - (settled[0]?.atMs ?? 0))).toBeGreaterThan(194);
    },
  );
});
