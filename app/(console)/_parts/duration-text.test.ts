import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration } from "#core/parse-duration.ts";
import { durationText } from "./duration-text.ts";

describe("durationText", () => {
  it.each([
    [0, "0 ms"],
    [500, "500 ms"],
    [1_500, "1.5 s"],
    [30_000, "30 s"],
    [90_000, "1.5 min"],
    [600_000, "10 min"],
    [61_001, "61001 ms"],
    [31_536_000_000, "365 d"],
  ])("says %d ms as %s", (ms, text) => expect(durationText(ms)).toBe(text));

  it("says what is read back as it was", () => {
    fc.assert(
      fc.property(fc.nat({ max: 31_536_000_000 }), (ms) => {
        expect(parseDuration(durationText(ms))).toBeCloseTo(ms, 6);
      }),
    );
  });
});
