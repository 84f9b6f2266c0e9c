import { describe, expect, it } from "vitest";
import type { BoardSnapshot, FlowBucket } from "#server/api/board/board-snapshot.ts";
import type { Series } from "#server/api/board/read-series.ts";
import { patchSeries } from "./patch-series.ts";

const bucketMs = 10_000;
const bucket = (atMs: number, completed: number): FlowBucket => ({
  ...{ atMs, completed, submitted: 0, started: 0, died: 0, retried: 0, cancelled: 0 },
  failures: {},
});
const series: Series = {
  ...{ asOfMs: 95_000, fromMs: 0, toMs: 100_000, bucketMs, depths: [] },
  flow: [bucket(0, 1), bucket(80_000, 8), bucket(90_000, 4)],
};
const board = (tailFromMs: number, counts: number[]): BoardSnapshot => ({
  asOfMs: tailFromMs + 25_000,
  depthAtMs: null,
  queues: [],
  more: false,
  fleet: { workers: 0, draining: 0, slots: 0, running: 0 },
  tail: counts.map((count, index) => bucket(tailFromMs + index * bucketMs, count)),
  attention: null,
  acts: [],
  bulk: { running: 0, halted: 0 },
  alerts: { open: 0, urgent: 0, first: null },
  pressure: { atMs: null, crews: [], storage: { level: "ok", findings: [], facts: null } },
  reasons: {},
});

describe("patchSeries", () => {
  it("puts the newest buckets in the place of their earlier selves", () => {
    const patched = patchSeries(series, board(70_000, [7, 8, 9]));
    expect(patched?.flow.map(({ completed }) => completed)).toEqual([1, 7, 8, 9]);
    expect(patched?.toMs).toBe(100_000);
  });
  it("moves on when a bucket has begun, keeping its span", () => {
    const patched = patchSeries(series, board(80_000, [8, 9, 1]));
    expect(patched).toMatchObject({ fromMs: 10_000, toMs: 110_000 });
    expect(patched?.flow.map(({ atMs }) => atMs)).toEqual([80_000, 90_000, 100_000]);
  });
  it("applied twice is the same as applied once", () => {
    const snapshot = board(80_000, [8, 9, 1]);
    expect(patchSeries(patchSeries(series, snapshot), snapshot)).toEqual(patchSeries(series, snapshot));
  });
  it("does not bridge a gap: a chart that ended too long ago is left for asking anew", () => {
    expect(patchSeries(series, board(500_000, [1, 2, 3]))).toBe(series);
    expect(patchSeries(undefined, board(0, [1]))).toBeUndefined();
  });
});
