import { describe, expect, test } from "vitest";
import { formatCount } from "./format-count.ts";
import { formatRate } from "./format-rate.ts";
import { formatShare } from "./format-share.ts";

describe("figures", () => {
  test("counts stand in full up to five digits and in three figures beyond", () => {
    expect(formatCount(1204)).toBe("1,204");
    expect(formatCount(99_999)).toBe("99,999");
    expect(formatCount(1_240_000)).toBe("1.24M");
  });
  test("rates keep the figures that mean something and tell little from nothing", () => {
    expect([0, 0.001, 0.04, 3.14, 9.97, 48.4, 1204].map(formatRate)).toEqual([
      "0",
      "<0.01",
      "0.04",
      "3.1",
      "10",
      "48",
      "1,204",
    ]);
  });
  test("shares never round a part to nothing or to all", () => {
    expect([0, 0.001, 0.034, 0.999, 1].map(formatShare)).toEqual(["0 %", "<1 %", "3 %", "99 %", "100 %"]);
  });
});
