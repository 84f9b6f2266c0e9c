import { describe, expect, it } from "vitest";
import { isPastKeeping } from "./due-days.ts";

const at = (text: string) => Date.parse(text);

describe("keeping a day", () => {
  it("lasts for whole days from its end, to the millisecond", () => {
    expect(isPastKeeping("2026-03-01", 1, at("2026-03-02T23:59:59.999Z"))).toBe(false);
    expect(isPastKeeping("2026-03-01", 1, at("2026-03-03T00:00:00Z"))).toBe(true);
    expect(isPastKeeping("2026-02-28", 30, at("2026-03-30T23:59:59.999Z"))).toBe(false);
    expect(isPastKeeping("2026-02-28", 30, at("2026-03-31T00:00:00Z"))).toBe(true);
  });

  it("never ends where nothing is said, and never takes a day to come", () => {
    expect(isPastKeeping("1999-01-01", null, at("2026-03-02T00:00:00Z"))).toBe(false);
    expect(isPastKeeping("2026-03-05", 1, at("2026-03-02T00:00:00Z"))).toBe(false);
  });
});
