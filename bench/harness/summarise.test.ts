import { expect, test } from "vitest";
import type { Metric } from "./bench.ts";
import { quantile, summarise } from "./summarise.ts";

const metric: Metric = { key: "rate", title: "rate", unit: "jobs/s", better: "higher" };

test("a quantile interpolates between the neighbours and does not mind the order", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([10, 20, 30], 0)).toBe(10);
  expect(quantile([10, 20, 30], 1)).toBe(30);
  expect(quantile([7], 0.99)).toBe(7);
});

test("medians, bounds and Signalbox's ratio to each other are kept by contender", () => {
  const runs = new Map([
    ["signalbox", [{ rate: 100 }, { rate: 300 }, { rate: 200 }]],
    ["ceiling", [{ rate: 400 }, { rate: 500 }, { rate: 400 }]],
  ]);
  expect(summarise([metric], runs)).toEqual({
    rate: {
      median: { signalbox: 200, ceiling: 400 },
      min: { signalbox: 100, ceiling: 400 },
      max: { signalbox: 300, ceiling: 500 },
      ratio: { ceiling: 0.5 },
    },
  });
});

test("a contender that never ran, or whose figure is unknown, is left out", () => {
  const runs = new Map([
    ["signalbox", [{ rate: 100 }]],
    ["bullmq", []],
    ["pg-boss", [{ rate: null }]],
  ]);
  expect(summarise([metric], runs).rate?.median).toEqual({ signalbox: 100 });
});
