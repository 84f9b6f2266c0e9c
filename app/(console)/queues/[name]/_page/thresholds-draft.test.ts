import { describe, expect, it } from "vitest";
import { checkThresholds, toThresholdsDraft } from "./thresholds-draft.ts";

const free = { rateLimit: null, maxRunning: null };
const check = (depth: string, oldest: string, queue: Parameters<typeof checkThresholds>[1] = free) =>
  checkThresholds({ depth, oldest, action: "reject" }, queue);

describe("thresholds as they are typed", () => {
  it("come to what was stored, and to none where both are empty", () => {
    const stored = { maxDepth: 5_000, maxOldestMs: 600_000, action: "signal" } as const;
    expect(checkThresholds(toThresholdsDraft(stored), free).value).toEqual(stored);
    expect(checkThresholds(toThresholdsDraft(null), free).value).toBeNull();
    expect(check("1,000", "").value).toEqual({ maxDepth: 1_000, maxOldestMs: null, action: "reject" });
  });

  it.each([
    ["0", ""],
    ["-1", ""],
    ["1.5", ""],
    ["many", ""],
    ["1000001", ""],
  ])("say that a depth of %s is wrong", (depth, oldest) => {
    expect(check(depth, oldest)).toMatchObject({ value: undefined, wrong: { depth: true, oldest: false } });
  });

  it.each(["0", "-5 s", "soon", "999 ms", "8 d"])("say that a time of %s is wrong", (oldest) => {
    expect(check("", oldest)).toMatchObject({ value: undefined, wrong: { depth: false, oldest: true } });
  });

  it("say what contradicts the other limits", () => {
    expect(check("", "5 s", { ...free, rateLimit: { count: 1, perMs: 60_000 } })).toMatchObject({
      value: undefined,
      contradiction: { field: "maxOldestMs" },
    });
  });
});
