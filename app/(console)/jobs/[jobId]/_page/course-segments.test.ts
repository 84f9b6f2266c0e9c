import { expect, it } from "vitest";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { courseSegments } from "./course-segments.ts";

const attempt = (number: number, startedAtMs: number, finishedAtMs: number | null) => ({
  ...{ number, startedAtMs, finishedAtMs, outcome: finishedAtMs === null ? "running" : "failed" },
});
const job = (more: object) =>
  ({ createdAtMs: 100, state: "retryable", finishedAtMs: null, attempts: [], ...more }) as unknown as JobPage;

it("a job that has not started is one wait until now", () => {
  expect(courseSegments(job({ state: "available" }), 500)).toEqual([
    { kind: "wait", fromMs: 100, toMs: 500 },
  ]);
});

it("attempts and the waits between them follow each other without a gap", () => {
  const segments = courseSegments(job({ attempts: [attempt(1, 200, 300), attempt(2, 700, 750)] }), 1_000);
  expect(segments.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
    ["wait", 100, 200],
    ["run", 200, 300],
    ["wait", 300, 700],
    ["run", 700, 750],
    ["wait", 750, 1_000],
  ]);
});

it("a running attempt reaches to now and nothing waits after it", () => {
  const segments = courseSegments(job({ state: "running", attempts: [attempt(1, 200, null)] }), 900);
  expect(segments.at(-1)).toMatchObject({ kind: "run", toMs: 900 });
});

it("clocks that disagree never make a stretch negative", () => {
  const segments = courseSegments(
    job({ attempts: [attempt(1, 50, 40)], finishedAtMs: 10, state: "dead" }),
    900,
  );
  expect(segments.every(({ fromMs, toMs }) => toMs >= fromMs)).toBe(true);
});
