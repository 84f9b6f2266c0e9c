import { describe, expect, it } from "vitest";
import { validationError } from "../validation-error.ts";
import { breakerSettingsSchema } from "./breaker-settings.ts";

const refusals = (settings: unknown) => {
  const parsed = breakerSettingsSchema.safeParse(settings);
  return parsed.success ? [] : validationError(parsed.error, "the dependency").errors;
};

describe("breakerSettingsSchema", () => {
  it("is complete without a word said", () => {
    expect(breakerSettingsSchema.parse({})).toEqual({
      failureThreshold: 0.5,
      slowThreshold: 0.6,
      minimumCalls: 20,
      consecutiveFailures: 5,
      probes: { minGapMs: 250, gapShare: 0.02, costFactor: 3, concurrent: 1 },
      longestOpenMs: 60_000,
      rateLimit: null,
      retryBudget: { ratio: 0.2, minPerSecond: 1, windowMs: 30_000 },
      multiplier: { enabled: true, max: 16 },
    });
  });

  it("keeps what is said beside the defaults of the rest", () => {
    const settings = breakerSettingsSchema.parse({ probes: { gapShare: 0.1 }, retryBudget: { ratio: 0.5 } });
    expect(settings.probes).toMatchObject({ gapShare: 0.1, minGapMs: 250 });
    expect(settings.retryBudget).toEqual({ ratio: 0.5, minPerSecond: 1, windowMs: 30_000 });
  });

  it.each([
    [{ failureThreshold: 0 }, "/failureThreshold"],
    [{ failureThreshold: 50 }, "/failureThreshold"],
    [{ slowThreshold: 1 }, "/slowThreshold"],
    [{ slowMs: -1 }, "/slowMs"],
    [{ minimumCalls: 0 }, "/minimumCalls"],
    [{ consecutiveFailures: 1 }, "/consecutiveFailures"],
    [{ longestOpenMs: 0 }, "/longestOpenMs"],
    [{ probes: { concurrent: 0 } }, "/probes/concurrent"],
    [{ rateLimit: { count: 0, perMs: 1_000 } }, "/rateLimit/count"],
    [{ rateLimit: { count: 10, perMs: -5 } }, "/rateLimit/perMs"],
    [{ retryBudget: { ratio: -0.2 } }, "/retryBudget/ratio"],
    [{ retryBudget: { windowMs: 0 } }, "/retryBudget/windowMs"],
    [{ multiplier: { max: 0 } }, "/multiplier/max"],
    [{ treshold: 0.5 }, "/treshold"],
  ])("refuses %j and names the field", (settings, path) => {
    const errors = refusals(settings);
    expect(errors.map((error) => error.path)).toEqual([path]);
    expect(errors[0]?.message).not.toMatch(/invalid|expected/i);
  });

  it("refuses settings that contradict each other, and says which", () => {
    expect(refusals({ minimumCalls: 5, consecutiveFailures: 9 })).toEqual([
      {
        path: "/consecutiveFailures",
        message: "may not be above minimumCalls (5): the rule for few calls would be the slower one",
      },
    ]);
    expect(refusals({ probes: { minGapMs: 5_000 }, longestOpenMs: 1_000 })).toEqual([
      { path: "/probes/minGapMs", message: "may not be above longestOpenMs (1000 ms)" },
    ]);
    expect(refusals({ retryBudget: { ratio: 0, minPerSecond: 0 } })).toEqual([
      {
        path: "/retryBudget/minPerSecond",
        message: "may not be 0 while ratio is 0: no retry would ever start",
      },
    ]);
  });
});
