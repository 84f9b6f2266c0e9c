import { expect, test } from "vitest";
import type { MixedJob } from "./run-mix.ts";
import { summariseBeside, summariseFlood } from "./summarise-mix.ts";

const job = (dueMs: number, startMs: number | null): MixedJob => ({
  dueMs,
  submittedMs: dueMs + 5,
  startMs,
  endMs: startMs === null ? null : startMs + 50,
});

test("low jobs count as done in the flood when they ended in it; one that never started waits to the end", () => {
  const run = {
    jobs: {
      high: [job(0, 10), job(10, 1_010), job(20, 3_020)],
      low: [job(0, 100), job(0, 960), job(500, null)],
    },
    overMs: 4_500,
  };
  expect(summariseFlood(run, 1_000)).toEqual({
    lowDone: 1,
    lowArrived: 3,
    longestLowWait: 4,
    highP50: 1,
    starts: 3,
  });
});

test("high jobs beside a flood count from when it has settled", () => {
  const run = {
    jobs: { high: [job(0, 5_000), job(3_000, 3_010), job(3_010, 3_030)], low: [] },
    overMs: 9_000,
  };
  expect(summariseBeside(run, 3_000)).toEqual({ besideP50: 15, besideP99: 19.9, besideSubmitP99: 5 });
});
