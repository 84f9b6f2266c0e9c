import { expect, test } from "vitest";
import { ServiceCounters } from "./service-counters.ts";
import { modeAt, type ServicePlan } from "./service-plan.ts";

const plan: ServicePlan = { startMs: 1_000, downMs: 2_000, upMs: 4_000, downMode: "hanging" };

test("the service changes its mode exactly at the planned times", () => {
  expect([1_999.9, 2_000, 3_999.9, 4_000].map((nowMs) => modeAt(plan, nowMs))).toEqual([
    "healthy",
    "hanging",
    "hanging",
    "healthy",
  ]);
});

test("calls count in the phase and the tenth of a second in which they arrive", () => {
  const counters = new ServiceCounters(plan);
  counters.count("accepted", 1_050);
  counters.count("accepted", 1_099);
  counters.count("failed", 2_000);
  counters.count("refused", 4_000);
  const { phases, buckets } = counters.report(5_000);
  expect(phases.warmUp).toMatchObject({ calls: 2, accepted: 2 });
  expect(phases.outage).toMatchObject({ calls: 1, failed: 1 });
  expect(phases.recovery).toMatchObject({ calls: 1, refused: 1 });
  expect(buckets.accepted[0]).toBe(2);
  expect(buckets.failed[10]).toBe(1);
  expect(buckets.refused).toHaveLength(31);
  expect(buckets.refused[30]).toBe(1);
});

test("a call that hangs counts its seconds in the phase in which it began, whether or not it has ended", () => {
  const counters = new ServiceCounters(plan);
  const end = counters.hang(3_000);
  counters.hang(3_000);
  end(5_000);
  end(9_000);
  expect(counters.report(3_500).phases.outage).toMatchObject({ calls: 2, hung: 2, hangingSeconds: 2.5 });
  expect(counters.report(6_000).phases.recovery.hangingSeconds).toBe(0);
});
