import { expect, test } from "vitest";
import { waitPoints } from "./starvation-chart.ts";
import { ratePoints } from "./storm-chart.ts";

test("counts of each 100 ms become calls a second, a point each half second and one for the rest", () => {
  expect(ratePoints([10, 10, 10, 10, 10, 20, 0])).toEqual([
    [0.25, 100],
    [0.6, 100],
  ]);
});

test("waits are told by the second in which jobs were due; one that never started waits to the end", () => {
  const job = (dueMs: number, startMs: number | null) => ({
    dueMs,
    submittedMs: dueMs,
    startMs,
    endMs: null,
  });
  const jobs = [job(2_500, 2_600), job(100, 1_100), job(200, null)];
  expect(waitPoints(jobs, 9_200, 1)).toEqual([
    [0.5, 9],
    [2.5, 0.1],
  ]);
});
