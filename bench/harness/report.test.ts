import { expect, test } from "vitest";
import type { Bench } from "./bench.ts";
import type { Environment } from "./environment.ts";
import { atLeast } from "./goal.ts";
import { formatFigure, formatReport, toJson } from "./report.ts";
import { summarise } from "./summarise.ts";

const bench: Bench = {
  name: "drain",
  what: "jobs",
  metrics: [
    { key: "rate", title: "drained", unit: "jobs/s", better: "higher" },
    { key: "cpu", title: "CPU", unit: "s", better: "lower" },
  ],
  rounds: { full: 1, quick: 1 },
  contenders: () => [],
  measure: async () => ({}),
  goals: () => [],
};
const environment: Environment = {
  cpu: "a processor",
  cores: 2,
  memoryGb: 8,
  os: "linux 6",
  node: "24.21.0",
  postgres: "18.4",
  redis: null,
  peers: {},
  rounds: 1,
  quick: false,
  stolenCpuSeconds: 1.5,
  stolenShare: 0.01,
};
const summary = summarise(
  bench.metrics,
  new Map([
    ["signalbox", [{ rate: 50_000, cpu: 2 }]],
    ["ceiling", [{ rate: 100_000, cpu: 1 }]],
  ]),
);
const goals = [
  atLeast("drain ÷ ceiling", summary.rate?.ratio.ceiling, 0.7),
  atLeast("drain ÷ absent", undefined, 2),
];

test("the JSON has the headline metric at the top and every metric below", () => {
  expect(JSON.parse(toJson(bench, summary, goals, environment, []))).toEqual({
    bench: "drain",
    unit: "jobs/s",
    environment,
    median: { signalbox: 50_000, ceiling: 100_000 },
    min: { signalbox: 50_000, ceiling: 100_000 },
    max: { signalbox: 50_000, ceiling: 100_000 },
    ratio: { ceiling: 0.5 },
    metrics: {
      rate: { unit: "jobs/s", better: "higher", ...summary.rate },
      cpu: { unit: "s", better: "lower", ...summary.cpu },
    },
    goals: [
      { name: "drain ÷ ceiling", value: 0.5, bound: "at least", goal: 0.7, met: false },
      { name: "drain ÷ absent", value: null, bound: "at least", goal: 2, met: null },
    ],
    failures: [],
  });
});

test("the report names goals met, not met and not measured, and the CPU time that the host took", () => {
  const text = formatReport(bench, summary, goals, environment, ["round 1/1 bullmq: gone"]);
  expect(text).toContain("not met  drain ÷ ceiling: 0.50, at least 0.7");
  expect(text).toContain("not measured  drain ÷ absent: at least 2");
  expect(text).toContain("the host took 1.5 CPU s (1.0 %)");
  expect(text).toContain("failed: round 1/1 bullmq: gone");
});

test("figures have three significant digits", () => {
  expect([12_345, 4.5678, 0.07891, 0].map(formatFigure)).toEqual(["12,300", "4.57", "0.0789", "0"]);
});
