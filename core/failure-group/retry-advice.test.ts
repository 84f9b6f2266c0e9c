import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureClasses } from "../failure/failure-class.ts";
import { adviseRetry, type RetryFacts } from "./retry-advice.ts";

const well: RetryFacts = {
  class: "dependency-down",
  lastFailureAgeMs: 600_000,
  windowMs: 300_000,
  groupFailures: 0,
  completed: 95,
  failed: 5,
  dependency: "mail-api",
  dependencyFailures: 0,
  isHeld: false,
  newerVersion: null,
};
const facts = fc.record({
  class: fc.constantFrom(...failureClasses),
  lastFailureAgeMs: fc.nat(1e9),
  windowMs: fc.constant(300_000),
  groupFailures: fc.nat(500),
  completed: fc.nat(500),
  failed: fc.nat(500),
  dependency: fc.constantFrom("mail-api", null),
  dependencyFailures: fc.option(fc.nat(500)),
  isHeld: fc.boolean(),
  newerVersion: fc.option(
    fc.record({ definition: fc.constant("bill"), version: fc.integer({ min: 2, max: 9 }) }),
  ),
});

describe("retrying all of a group", () => {
  it("is safe when it has been quiet and the same definitions succeed, and says by which figures", () => {
    expect(adviseRetry(well)).toEqual({
      verdict: "safe",
      because:
        "It last failed 10 min ago, and 95 of 100 attempts of the same definitions succeeded (95 %) in the last 5 min.",
    });
  });

  it("waits while the breaker of its dependency is shut, however well it went just before", () => {
    expect(adviseRetry({ ...well, isHeld: true, groupFailures: 3, lastFailureAgeMs: 7_000 })).toEqual({
      verdict: "wait",
      because:
        "mail-api is down, and its breaker holds what calls it; it failed so 3 times in the last 5 min, the last 7 s ago. What is retried now waits until it answers again.",
    });
    expect(adviseRetry({ ...well, isHeld: true, dependency: null }).verdict).toBe("safe");
  });

  it("waits while it still fails, while others of the dependency fail, and while nothing has run to judge by", () => {
    const failing = adviseRetry({
      ...well,
      groupFailures: 40,
      lastFailureAgeMs: 2_000,
      completed: 10,
      failed: 40,
    });
    expect(failing).toMatchObject({ verdict: "wait", because: expect.stringContaining("40 times") });
    const idle = adviseRetry({ ...well, completed: 0, failed: 0 });
    expect(idle).toMatchObject({ verdict: "wait", because: expect.stringContaining("Retry a few first") });
    const elsewhere = adviseRetry({ ...well, completed: 1, failed: 9, dependencyFailures: 7 });
    expect(elsewhere).toMatchObject({ verdict: "wait", because: expect.stringContaining("mail-api") });
  });

  it("is no use for what a retry cannot mend, but for a bug of which newer code is live", () => {
    for (const each of ["invalid-input", "permanent", "poison", "cancelled", "bug"] as const)
      expect(adviseRetry({ ...well, class: each }).verdict).toBe("no");
    const newerVersion = { definition: "bill", version: 4 };
    const mended = adviseRetry({ ...well, class: "bug", newerVersion });
    expect(mended).toMatchObject({
      verdict: "safe",
      because: expect.stringContaining("bill version 4 is live"),
    });
    expect(adviseRetry({ ...well, class: "poison", newerVersion }).verdict).toBe("no");
  });

  it("is never called safe below nine successes in ten, or on fewer than five runs", () => {
    fc.assert(
      fc.property(facts, (each) => {
        const { verdict, because } = adviseRetry(each);
        expect(because.length).toBeGreaterThan(20);
        if (verdict !== "safe") return;
        expect(each.completed + each.failed).toBeGreaterThanOrEqual(5);
        expect(each.completed / (each.completed + each.failed)).toBeGreaterThanOrEqual(0.9);
      }),
    );
  });
});
