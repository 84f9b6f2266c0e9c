import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breatherMs, type DeferralState, decideDeferral, longestDeferralMs } from "./decide-deferral.ts";
import type { LevelState } from "./pressure-level.ts";

type Level = LevelState["level"];
const calm: DeferralState = { deferral: null, spentAtMs: null };
const all = (level: Level): Level[] => [level, level, level, level, level];

describe("what can wait", () => {
  it("is kept back while critical or high is red, and says for which", () => {
    const state = decideDeferral(calm, { nowMs: 5, levels: ["yellow", "red", "red", "red", "red"] });
    expect(state.deferral).toEqual({ sinceMs: 5, untilMs: 5 + longestDeferralMs, forRank: 1 });
    expect(decideDeferral(state, { nowMs: 6, levels: all("yellow") }).deferral).toBeNull();
  });

  it("is not kept back for the lateness of normal, low or bulk", () => {
    expect(
      decideDeferral(calm, { nowMs: 5, levels: ["green", "yellow", "red", "red", "red"] }).deferral,
    ).toBeNull();
  });

  it("is never kept back for more than ten minutes without two minutes after it, whatever the levels are", () => {
    const level = fc.constantFrom<Level>("green", "yellow", "red", "red", "red", "red", "red", "red");
    fc.assert(
      fc.property(fc.array(level, { minLength: 100, maxLength: 400 }), (levels) => {
        let state = calm;
        let deferredSince: number | null = null;
        let spentAtMs = Number.NEGATIVE_INFINITY;
        for (const [index, each] of levels.entries()) {
          const nowMs = index * 20_000;
          const spentBefore = state.spentAtMs;
          state = decideDeferral(state, { nowMs, levels: all(each) });
          if (state.spentAtMs !== null && state.spentAtMs !== spentBefore) spentAtMs = state.spentAtMs;
          if (state.deferral === null) deferredSince = null;
          else {
            deferredSince ??= nowMs;
            expect(nowMs - deferredSince).toBeLessThan(longestDeferralMs);
            expect(nowMs - spentAtMs).toBeGreaterThanOrEqual(breatherMs);
          }
        }
      }),
    );
  });
});
