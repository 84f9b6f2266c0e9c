import { describe, expect, it } from "vitest";
import { type BreakerSettings, breakerSettingsSchema } from "../../core/breaker/breaker-settings.ts";
import { seededRandom } from "../../core/random.ts";
import { capacity } from "../starvation/run-mix.ts";
import { summariseBeside, summariseFlood } from "../starvation/summarise-mix.ts";
import { type StormCaseName, stormCases } from "../storm/storm-case.ts";
import { summariseStorm } from "../storm/summarise-storm.ts";
import { places } from "./queue-store.ts";
import { simulateLoad } from "./simulate-load.ts";
import { simulateMix } from "./simulate-mix.ts";
import { simulateStorm } from "./simulate-storm.ts";
import { countReversals } from "./simulated-dispatcher.ts";
import type { World } from "./world.ts";

/** A second or two as a rule; a busy machine may take its time. */
const patient = { timeout: 120_000 };
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const settingsOf = (given: object): BreakerSettings => breakerSettingsSchema.parse(given);

/** Every job in exactly one place. */
function expectConserved({ queue }: World, submitted: number): void {
  const lists = queue.list();
  const all = places.flatMap((place) => lists[place]).sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: submitted }, (_, number) => number));
}

describe(
  "a service of 200 calls/s that is down for 20 s under 150 jobs/s, with the whole engine around it",
  patient,
  () => {
    const times = { warmUpMs: 10_000, downMs: 20_000 };
    const runs = (name: StormCaseName) =>
      seeds(10).map((seed) => {
        const run = simulateStorm(stormCases[name], times, seed);
        const figures = summariseStorm(name, run);
        return Object.assign((key: string) => figures[`${name}.${key}`], { acts: run.world.dispatcher.acts });
      });

    it("is called at most 0.05 times for each job that arrives while it refuses, and no job dies", () => {
      for (const figure of runs("A")) {
        expect(figure("callsPerJob")).toBeLessThanOrEqual(0.05);
        expect(figure("dead")).toBe(0);
      }
    });

    it("refuses at most 20 calls after its recovery with 40 slots, and the backlog is gone within 1.1 × the ideal", () => {
      for (const figure of runs("A40")) {
        expect(figure("refused")).toBeLessThanOrEqual(20);
        expect(figure("drain")).toBeLessThanOrEqual(1.1);
      }
    });

    it("costs at most 30 slot-seconds while it hangs, and other work on the pool waits no more than twice as long", () => {
      for (const figure of runs("B")) {
        expect(figure("slotSeconds")).toBeGreaterThan(1);
        expect(figure("slotSeconds")).toBeLessThanOrEqual(30);
        expect(figure("bystanderRatio")).toBeLessThanOrEqual(2);
      }
    });

    it("is told as one opening, one first probe, one ramp and one closing", () => {
      for (const { acts } of runs("A40")) {
        const told = acts.map(({ kind }) => kind).filter((kind) => kind.startsWith("breaker"));
        expect(told).toEqual([
          "breaker-opened",
          "breaker-half-open",
          "breaker-ramp-started",
          "breaker-closed",
        ]);
      }
    });
  },
);

describe("20 slots of 50 ms", patient, () => {
  it("do 200 low jobs in 30 s beside a flood of high ones, none of which waits longer than 15 s", () => {
    for (const seed of seeds(3)) {
      const high = { perSecond: 1.2 * capacity, endMs: 30_000 };
      const low = { perSecond: 5, atStart: 100, endMs: 30_000 };
      const figures = summariseFlood(simulateMix({ high, low, patienceMs: 60_000 }, seed), 30_000);
      expect(figures.lowDone).toBeGreaterThanOrEqual(200);
      expect(figures.longestLowWait).toBeLessThanOrEqual(15);
    }
  });

  it("start high jobs at 80 % of capacity within 60 ms beside a flood of low ones", () => {
    for (const seed of seeds(3)) {
      const high = { perSecond: 0.8 * capacity, endMs: 10_000 };
      const low = { perSecond: 2 * capacity, endMs: 10_000 };
      const figures = summariseBeside(simulateMix({ high, low, patienceMs: 0 }, seed), 3_000);
      expect(figures.besideP99).toBeLessThanOrEqual(60);
    }
  });
});

describe("a dependency that fails half of the time", patient, () => {
  it("is retried for a fifth of first starts and once a second at most, whatever its jobs want", () => {
    // The breaker is told to look away: the budget alone is to bound it.
    const settings = settingsOf({
      failureThreshold: 0.99,
      slowThreshold: 0.99,
      minimumCalls: 200,
      consecutiveFailures: 100,
    });
    for (const seed of seeds(4)) {
      const endMs = 60_000;
      const service = { callsPerSecond: 1_000, latencyMs: 20, failing: 0.5 };
      const load = { seed, jobsPerSecond: 40, workers: [20], service, settings, endMs };
      const { world, calls, submitted } = simulateLoad(load);
      const retries = calls.calls - submitted;
      expect(retries).toBeGreaterThan(0.15 * submitted);
      expect(retries).toBeLessThanOrEqual(0.2 * submitted + endMs / 1_000 + 30);
      expectConserved(world, submitted);
    }
  });
});

describe("1,000 seeded worlds under steady load", patient, () => {
  it("keep every job in exactly one place and never turn a controller round", () => {
    for (const seed of seeds(1_000)) {
      const random = seededRandom(seed);
      const jobsPerSecond = 10 ** (random() * 1.6 - 0.6);
      const workers = Array.from(
        { length: 1 + Math.floor(random() * 2) },
        () => 2 + Math.floor(random() * 9),
      );
      const service = { callsPerSecond: 200, latencyMs: 5 * 10 ** random(), failing: random() * 0.05 };
      const load = { seed, jobsPerSecond, workers, service, settings: settingsOf({}), endMs: 10_000 };
      const { world, submitted } = simulateLoad(load);
      expectConserved(world, submitted);
      expect(countReversals(world.dispatcher.moves, 0), `seed ${seed}`).toBe(0);
    }
  });
});

describe("a service that is asked for more than it gives", patient, () => {
  it.each([210, 300, 400])(
    "at %d jobs/s is asked for what it gives, with at most 2 reversals a minute",
    (jobsPerSecond) => {
      const service = { callsPerSecond: 200, latencyMs: 20, failing: 0 };
      const load = {
        seed: 1,
        jobsPerSecond,
        workers: [40],
        service,
        settings: settingsOf({}),
        endMs: 180_000,
      };
      const { world, calls } = simulateLoad(load);
      expect(countReversals(world.dispatcher.moves, 60_000) / 2).toBeLessThanOrEqual(2);
      expect(calls.accepted / 180).toBeGreaterThan(190);
    },
  );
});
