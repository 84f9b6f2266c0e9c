import { describe, expect, it } from "vitest";
import { findBreakerLook } from "./find-breaker-look.ts";

const closed = { state: "closed", forced: null, ratePerSecond: null } as const;

describe("the signal of a breaker", () => {
  it("is clear only while nothing holds or limits", () => {
    expect(findBreakerLook(closed).aspect).toBe("open");
    expect(findBreakerLook({ ...closed, ratePerSecond: 20 })).toEqual({
      aspect: "caution",
      word: "at most 20/s",
    });
    expect(findBreakerLook({ ...closed, state: "recovering" }).aspect).toBe("caution");
    for (const state of ["open", "half-open"] as const)
      expect(findBreakerLook({ ...closed, state })).toEqual({ aspect: "stop", word: state });
  });

  it("tells an operator's word, whatever the policy says", () => {
    expect(findBreakerLook({ ...closed, forced: "open" })).toEqual({ aspect: "stop", word: "forced open" });
    expect(findBreakerLook({ ...closed, state: "open", forced: "closed" })).toEqual({
      aspect: "caution",
      word: "forced closed",
    });
  });
});
