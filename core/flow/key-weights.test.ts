import { describe, expect, it } from "vitest";
import { changeKeyWeights, mostWeightedKeys, weightOf } from "./key-weights.ts";
import { keyWeightsChangeSchema } from "./key-weights-schema.ts";

describe("weights of keys", () => {
  it("change key by key: what is not named stays, null and 1 take a weight off, null alone takes all", () => {
    const before = { gold: 5, slow: 0.5 };
    expect(changeKeyWeights(before, { gold: 8, new: 2 })).toEqual({ gold: 8, slow: 0.5, new: 2 });
    expect(changeKeyWeights(before, { gold: null, slow: 1 })).toEqual({});
    expect(changeKeyWeights(before, null)).toEqual({});
    expect(before).toEqual({ gold: 5, slow: 0.5 });
  });

  it("are 1 for every key without one, whatever it is called", () => {
    expect(weightOf({ gold: 5 }, "gold")).toBe(5);
    for (const key of ["other", "constructor", "toString", "__proto__"])
      expect(weightOf({ gold: 5 }, key)).toBe(1);
  });

  it.each([
    [{ gold: 0 }],
    [{ gold: 0.09 }],
    [{ gold: -1 }],
    [{ gold: 101 }],
    [{ gold: Number.NaN }],
    [{ gold: Number.POSITIVE_INFINITY }],
    [{ gold: "5" }],
    [{ "": 5 }],
    [{ ["k".repeat(201)]: 5 }],
    [{ "a\u0000b": 5 }],
    [[5]],
    [Object.fromEntries(Array.from({ length: mostWeightedKeys + 1 }, (_, index) => [`k${index}`, 2]))],
  ])("of %j are refused", (wrong) => {
    expect(keyWeightsChangeSchema.safeParse(wrong).success).toBe(false);
  });

  it.each([[{ gold: 0.1 }], [{ gold: 100, slow: null }], [{}], [null]])("of %j are taken", (right) => {
    expect(keyWeightsChangeSchema.safeParse(right).success).toBe(true);
  });
});
