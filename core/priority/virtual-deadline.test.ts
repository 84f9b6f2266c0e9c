import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priorityClasses, priorityRank } from "./priority-class.ts";
import {
  defaultPrioritySettings,
  type PrioritySettings,
  prioritySettingsSchema,
} from "./priority-settings.ts";
import { priorityKey } from "./virtual-deadline.ts";

const settings = defaultPrioritySettings;
const nowMs = 1_700_000_000_000;
const anySettings: fc.Arbitrary<PrioritySettings> = fc
  .array(
    fc.record({
      budgetMs: fc.integer({ min: 1, max: 604_800_000 }),
      slope: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
      floorShare: fc.constant(0.02),
    }),
    { minLength: 5, maxLength: 5 },
  )
  .map(([critical, high, normal, low, bulk]) => ({
    classes: { critical, high, normal, low, bulk } as PrioritySettings["classes"],
    reservedShare: 0.1,
  }));
const anyRank = fc.nat(4);

function key(rank: number, runAtMs: number, at: PrioritySettings = settings, now = nowMs): number {
  return priorityKey({ rank, runAtMs, nowMs: now, settings: at });
}

describe("priorityKey", () => {
  it("is the slack itself while the budget lasts, whatever the slope", () => {
    expect(key(0, nowMs)).toBe(1_000);
    expect(key(0, nowMs - 1_000)).toBe(0);
    expect(key(3, nowMs - 200_000)).toBe(400_000);
  });

  it("is lateness against the budget of the class once it is over, tenfold for critical", () => {
    expect(key(0, nowMs - 1_500)).toBe(-500 * 10 * 60);
    expect(key(1, nowMs - 11_000)).toBe(-1_000 * 6);
    expect(key(2, nowMs - 61_000)).toBe(-1_000);
    expect(key(4, nowMs - 3_660_000)).toBe(-1_000);
  });

  it("is strictly smaller the older the job, within a class", () => {
    fc.assert(
      fc.property(
        anySettings,
        anyRank,
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 1, max: 1e9 }),
        (at, rank, offsetMs, olderMs) => {
          const runAtMs = nowMs + offsetMs;
          expect(key(rank, runAtMs - olderMs, at)).toBeLessThan(key(rank, runAtMs, at));
          expect(key(rank, runAtMs, at, nowMs + olderMs)).toBeLessThan(key(rank, runAtMs, at));
        },
      ),
    );
  });

  it("has no jump where the budget ends", () => {
    fc.assert(
      fc.property(anySettings, anyRank, (at, rank) => {
        const { budgetMs, slope } = at.classes[priorityClasses[rank] ?? "bulk"];
        const dueMs = nowMs - budgetMs;
        expect(key(rank, dueMs, at)).toBe(0);
        expect(key(rank, dueMs + 1, at)).toBe(1);
        expect(key(rank, dueMs - 1, at)).toBeCloseTo((-slope * 60_000) / budgetMs, 6);
      }),
    );
  });

  it("makes classes equally urgent when they are late by the same multiple of their budgets", () => {
    const late = (rank: number, multiple: number) =>
      key(rank, nowMs - settings.classes[priorityClasses[rank] ?? "bulk"].budgetMs * (1 + multiple));
    for (const rank of [1, 2, 3, 4]) expect(late(rank, 2.5)).toBeCloseTo(-150_000, 3);
    expect(late(0, 2.5)).toBeCloseTo(-1_500_000, 3);
  });

  it("does not let an older bulk job pass a fresh critical one until it is itself late", () => {
    expect(key(0, nowMs)).toBeLessThan(key(4, nowMs - 3_500_000));
    expect(key(4, nowMs - 3_700_000)).toBeLessThan(key(0, nowMs));
  });

  it("refuses a rank that no class has", () => {
    expect(() => key(5, nowMs)).toThrow(RangeError);
  });
});

describe("prioritySettingsSchema", () => {
  it("takes the defaults and refuses what is out of range", () => {
    expect(prioritySettingsSchema.parse(settings)).toEqual(settings);
    expect(priorityClasses.map((name) => settings.classes[name].budgetMs)).toEqual([
      1e3, 1e4, 6e4, 6e5, 3.6e6,
    ]);
    const change = (name: "critical" | "bulk", of: object) =>
      prioritySettingsSchema.safeParse({
        ...settings,
        classes: { ...settings.classes, [name]: { ...settings.classes[name], ...of } },
      }).success;
    expect(change("bulk", { budgetMs: 1 })).toBe(true);
    for (const wrong of [{ budgetMs: 0 }, { slope: 0 }, { floorShare: 0.21 }, { floorshare: 0.1 }]) {
      expect(change("critical", wrong)).toBe(false);
    }
    expect(prioritySettingsSchema.safeParse({ ...settings, reservedShare: 0.6 }).success).toBe(false);
    const greedy = Object.fromEntries(
      priorityClasses.map((name) => [name, { ...settings.classes[name], floorShare: 0.11 }]),
    );
    expect(prioritySettingsSchema.safeParse({ ...settings, classes: greedy }).success).toBe(false);
    expect(priorityRank("bulk")).toBe(4);
  });
});
