import { expect, test } from "vitest";
import type { StormRun } from "./run-storm.ts";
import type { PhaseCounts } from "./service-counters.ts";
import { summariseStorm } from "./summarise-storm.ts";

const counts = (some: Partial<PhaseCounts>): PhaseCounts => ({
  calls: 0,
  accepted: 0,
  refused: 0,
  failed: 0,
  hung: 0,
  hangingSeconds: 0,
  ...some,
});

const run: StormRun = {
  times: { warmUpMs: 10_000, downMs: 20_000 },
  service: {
    phases: {
      warmUp: counts({ calls: 1_500 }),
      outage: counts({ calls: 120, hangingSeconds: 12 }),
      recovery: counts({ calls: 9_000, refused: 7 }),
    },
    buckets: { accepted: [], refused: [], failed: [], hung: [] },
  },
  backlog: 3_000,
  drainedMs: 66_000,
  boundMs: 240_000,
  dead: 0,
  bystanders: [
    { dueMs: 500, waitMs: 900 },
    { dueMs: 5_000, waitMs: 10 },
    { dueMs: 15_000, waitMs: 15 },
    { dueMs: 30_000, waitMs: 4_000 },
  ],
  unfinished: [],
};

test("the figures of a case are those of its outage and its recovery", () => {
  expect(summariseStorm("A40", run)).toMatchObject({
    "A40.callsPerJob": 0.04,
    "A40.dead": 0,
    "A40.refused": 7,
    "A40.drain": 1.1,
    "A40.slotSeconds": 12,
  });
});

test("bystanders of the first two seconds and of the recovery do not count", () => {
  expect(summariseStorm("B", run)).toMatchObject({
    "B.bystanderHealthy": 10,
    "B.bystanderDown": 15,
    "B.bystanderRatio": 1.5,
  });
});

test("a backlog that never went away counts with the time that was waited", () => {
  expect(summariseStorm("A", { ...run, drainedMs: null })["A.drain"]).toBe(4);
});

test("a case without bystanders has no figure for them", () => {
  expect(summariseStorm("A", { ...run, bystanders: [] })["A.bystanderRatio"]).toBeNull();
});
