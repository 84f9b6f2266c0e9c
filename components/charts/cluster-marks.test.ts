import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterMarks } from "./cluster-marks.ts";

const span = { fromMs: 1_000, toMs: 2_000 };
const mark = (atMs: number) => ({ atMs, label: String(atMs), kind: "operator" as const });

describe("marks on a chart", () => {
  it("stand together where they could not be told apart, and nowhere else", () => {
    const clusters = clusterMarks([1_500, 1_004, 1_000, 1_510, 999, 2_000].map(mark), span, 0.01);
    expect(clusters.map(({ at, marks }) => [at, marks.map(({ atMs }) => atMs)])).toEqual([
      [0, [1_000, 1_004]],
      [0.5, [1_500]],
      [0.51, [1_510]],
    ]);
  });

  it("are each in one cluster, in the order of time, with room between the clusters", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 })), (times) => {
        const clusters = clusterMarks(times.map(mark), span, 0.02);
        const shown = times.filter((at) => at >= span.fromMs && at < span.toMs).sort((a, b) => a - b);
        expect(clusters.flatMap(({ marks }) => marks.map(({ atMs }) => atMs))).toEqual(shown);
        for (const [i, { at }] of clusters.entries())
          if (i > 0) expect(at - (clusters[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(0.02);
      }),
    );
  });
});
