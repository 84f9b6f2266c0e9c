import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration } from "./parse-duration.ts";

describe("parseDuration", () => {
  it.each([
    ["1500", 1_500],
    ["1,500", 1_500],
    ["30 s", 30_000],
    ["30s", 30_000],
    ["1.5 h", 5_400_000],
    ["3 min 12 s", 192_000],
    ["2 d", 172_800_000],
    ["500 MS", 500],
  ])("reads %s as %d ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "soon", "-3 s", "3 parsecs", "3 s later", "1..5 s", "s"])("refuses %j", (text) =>
    expect(parseDuration(text)).toBeNull(),
  );

  it("never throws and never gives less than nothing", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = parseDuration(text);
        expect(ms === null || ms >= 0).toBe(true);
      }),
    );
  });
});
