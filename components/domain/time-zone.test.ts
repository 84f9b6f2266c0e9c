import { afterEach, describe, expect, it } from "vitest";
import { formatClock, formatExactInstant } from "./format-instant.ts";
import { isTimeZone, setTimeZone } from "./time-zone.ts";

const noonUtc = Date.UTC(2026, 0, 15, 12);
afterEach(() => setTimeZone(null));

describe("setTimeZone", () => {
  it("writes exact times by the clock of the zone, and names it", () => {
    setTimeZone("UTC");
    expect(formatClock(noonUtc)).toBe("12:00:00");
    setTimeZone("Asia/Tokyo");
    expect(formatClock(noonUtc)).toBe("21:00:00");
    expect(formatExactInstant(noonUtc)).toContain("GMT+9");
  });

  it("keeps the zone it has when it is given one that does not exist", () => {
    setTimeZone("Asia/Tokyo");
    setTimeZone("Mars/Olympus");
    expect(isTimeZone("Mars/Olympus")).toBe(false);
    expect(formatClock(noonUtc)).toBe("21:00:00");
  });
});
