import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClaimHead, mergeQuotas } from "./merge-quotas.ts";
import { defaultPrioritySettings as settings } from "./priority-settings.ts";
import { priorityKey } from "./virtual-deadline.ts";

const nowMs = 1_000_000_000;
const noFloors = [0, 0, 0, 0, 0];
const base = { settings, floors: noFloors, maxOther: 1_000, nowMs };

function head(id: string, rank: number, ageMs: number, lane = 0): ClaimHead {
  return { id, rank, lane, runAtMs: nowMs - ageMs };
}

const anyHeads = fc
  .array(fc.record({ rank: fc.nat(4), lane: fc.nat(2), ageMs: fc.nat(20_000) }), { maxLength: 60 })
  .map((rows) =>
    rows.map(({ rank, lane, ageMs }, i) => head(`j${String(i).padStart(3, "0")}`, rank, ageMs, lane)),
  );
const anyFloors = fc.array(fc.nat(4), { minLength: 5, maxLength: 5 });

describe("mergeQuotas", () => {
  it("takes the smallest keys of all lanes and classes, and counts what each gives", () => {
    const heads = [
      head("bulk", 4, 0),
      head("high", 1, 0, 1),
      head("critical", 0, 0),
      head("late", 2, 70_000, 1),
    ];
    expect(mergeQuotas({ ...base, heads, n: 3 })).toEqual({
      picked: ["late", "critical", "high"],
      quotas: [
        { lane: 0, rank: 0, count: 1 },
        { lane: 1, rank: 1, count: 1 },
        { lane: 1, rank: 2, count: 1 },
      ],
    });
  });

  it("takes floors before keys, the oldest of the class over all lanes", () => {
    const heads = [head("c1", 0, 5_000), head("c2", 0, 4_000), head("b1", 4, 10, 0), head("b2", 4, 20, 1)];
    const floors = [0, 0, 0, 0, 1];
    expect(mergeQuotas({ ...base, heads, n: 2, floors }).picked).toEqual(["b2", "c1"]);
  });

  it("orders equal keys by run time and id", () => {
    const twins = [head("b", 2, 500), head("a", 2, 500), head("c", 2, 500, 1)];
    expect(mergeQuotas({ ...base, heads: twins, n: 3 }).picked).toEqual(["a", "b", "c"]);
    const numbered = [10n, 9n].map((id) => ({ id, rank: 2, lane: 0, runAtMs: nowMs }));
    expect(mergeQuotas({ ...base, heads: numbered, n: 2 }).picked).toEqual([9n, 10n]);
  });

  it("keeps reserved slots from every class below high, floors included", () => {
    const heads = [head("n1", 2, 0), head("n2", 2, 0), head("b", 4, 0), head("h", 1, 0), head("c", 0, 0)];
    const claim = mergeQuotas({ ...base, heads, n: 5, maxOther: 1, floors: [0, 0, 0, 0, 1] });
    expect(claim.picked).toEqual(["b", "c", "h"]);
    expect(mergeQuotas({ ...base, heads, n: 5, maxOther: 0 }).picked).toEqual(["c", "h"]);
  });

  it("never takes more than n nor more others than allowed, no job twice, and leaves no room unused", () => {
    fc.assert(
      fc.property(anyHeads, fc.nat(30), fc.nat(30), anyFloors, (heads, n, maxOther, floors) => {
        const before = structuredClone(heads);
        const { picked, quotas } = mergeQuotas({ ...base, heads, n, maxOther, floors });
        const rankOf = new Map(heads.map(({ id, rank }) => [id, rank]));
        const others = picked.filter((id) => (rankOf.get(id) ?? 0) > 1).length;
        const reserved = heads.filter(({ rank }) => rank <= 1).length;
        expect(picked.length).toBe(Math.min(n, reserved + Math.min(maxOther, heads.length - reserved)));
        expect(others).toBeLessThanOrEqual(maxOther);
        expect(new Set(picked).size).toBe(picked.length);
        expect(quotas.reduce((sum, { count }) => sum + count, 0)).toBe(picked.length);
        expect(heads).toEqual(before);
      }),
    );
  });

  it("picks from each lane and class exactly its oldest, so that quotas alone say which rows", () => {
    fc.assert(
      fc.property(anyHeads, fc.nat(30), fc.nat(30), anyFloors, (heads, n, maxOther, floors) => {
        const { picked, quotas } = mergeQuotas({ ...base, heads, n, maxOther, floors });
        const byQuota = quotas.flatMap(({ lane, rank, count }) =>
          heads
            .filter((h) => h.lane === lane && h.rank === rank)
            .sort((a, b) => a.runAtMs - b.runAtMs || (a.id < b.id ? -1 : 1))
            .slice(0, count)
            .map(({ id }) => id),
        );
        expect([...byQuota].sort()).toEqual([...picked].sort());
      }),
    );
  });

  it("without floors and reservation is the plain order of keys, however the heads are shuffled", () => {
    fc.assert(
      fc.property(anyHeads, fc.nat(30), (heads, n) => {
        const keyed = heads.map((h) => ({
          ...h,
          key: priorityKey({ rank: h.rank, runAtMs: h.runAtMs, nowMs, settings }),
        }));
        keyed.sort((a, b) => a.key - b.key || a.runAtMs - b.runAtMs || (a.id < b.id ? -1 : 1));
        const expected = keyed.slice(0, n).map(({ id }) => id);
        expect(mergeQuotas({ ...base, heads, n }).picked).toEqual(expected);
        expect(mergeQuotas({ ...base, heads: [...heads].reverse(), n }).picked).toEqual(expected);
      }),
    );
  });

  it("gives each class with backlog that many floors when they fit", () => {
    fc.assert(
      fc.property(anyHeads, anyFloors, (heads, floors) => {
        const n = floors.reduce((a, b) => a + b, 0);
        const { quotas } = mergeQuotas({ ...base, heads, n, floors });
        floors.forEach((floor, rank) => {
          const got = quotas.filter((q) => q.rank === rank).reduce((sum, { count }) => sum + count, 0);
          const waiting = heads.filter((h) => h.rank === rank).length;
          expect(got).toBeGreaterThanOrEqual(Math.min(floor, waiting));
        });
      }),
    );
  });
});
