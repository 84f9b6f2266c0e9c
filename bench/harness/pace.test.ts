import { expect, test } from "vitest";
import { dueCount, dueMs, type Stream } from "./pace.ts";

const stream: Stream = { perSecond: 5, atStart: 100, endMs: 30_000 };

test("jobs of the start are due at once and the others at even distances, the last before the end", () => {
  expect(dueCount(stream, -1)).toBe(0);
  expect(dueCount(stream, 0)).toBe(101);
  expect(dueCount(stream, 199)).toBe(101);
  expect(dueCount(stream, 200)).toBe(102);
  expect(dueCount(stream, 29_999)).toBe(250);
  expect(dueCount(stream, 30_000)).toBe(250);
  expect(dueCount(stream, 90_000)).toBe(250);
});

test("a job is counted from the moment when it is due", () => {
  for (const index of [0, 99, 100, 101, 249]) {
    const atMs = dueMs(stream, index);
    expect(dueCount(stream, atMs)).toBeGreaterThan(index);
  }
  expect(dueMs(stream, 99)).toBe(0);
  expect(dueMs(stream, 101)).toBe(200);
});

test("an odd rate keeps its count over the whole time", () => {
  const odd: Stream = { perSecond: 150, endMs: 20_000 };
  expect(dueCount(odd, 20_000)).toBe(3_000);
  expect(dueCount(odd, 10_000)).toBe(1_501);
});
