import { describe, expect, it } from "vitest";
import { failureClasses } from "../failure/failure-class.ts";
import { classRule } from "./class-rule.ts";
import { defaultRetryPolicy } from "./default-retry-policy.ts";
import { putPolicySchema, retryPolicySchema } from "./retry-policy.ts";

const body = {
  law: { kind: "constant", delayMs: 100 },
  jitter: "none",
  maxAttempts: 3,
  honourRetryAfter: true,
};
const exponential = { kind: "exponential", baseMs: 1_000, factor: 2, capMs: 60_000 };

function accepts(change: Record<string, unknown>): boolean {
  return retryPolicySchema.safeParse({ ...body, ...change }).success;
}

describe("retryPolicySchema", () => {
  it("takes every law, jitter and class, and leaves the default policy as it is", () => {
    for (const law of [
      exponential,
      { kind: "linear", baseMs: 0, stepMs: 10, capMs: 100 },
      { kind: "list", delaysMs: [1, 5, 3] },
    ]) {
      expect(accepts({ law })).toBe(true);
    }
    for (const jitter of ["none", "full", "equal", "decorrelated"]) expect(accepts({ jitter })).toBe(true);
    for (const name of failureClasses) expect(accepts({ perClass: { [name]: { retry: true } } })).toBe(true);
    expect(retryPolicySchema.parse(defaultRetryPolicy)).toEqual(defaultRetryPolicy);
    expect(retryPolicySchema.parse(body)).toEqual({ ...body, minDelayMs: 0 });
  });

  it("refuses unknown keys wherever they stand", () => {
    expect(accepts({ retries: 3 })).toBe(false);
    expect(accepts({ law: { ...exponential, jitter: 1 } })).toBe(false);
    expect(accepts({ perClass: { timeuot: { retry: true } } })).toBe(false);
    expect(accepts({ perClass: { timeout: { retry: true, delay: 1 } } })).toBe(false);
  });

  it.each([
    { maxAttempts: 0 },
    { maxAttempts: 1_001 },
    { maxAttempts: 2.5 },
    { maxElapsedMs: 0 },
    { minDelayMs: -1 },
    { minDelayMs: 101 },
    { law: { kind: "constant", delayMs: Number.POSITIVE_INFINITY } },
    { law: { kind: "constant", delayMs: 31_536_000_001 } },
    { law: { ...exponential, baseMs: 0 } },
    { law: { ...exponential, factor: 0.5 } },
    { law: { ...exponential, capMs: 999 } },
    { law: { kind: "linear", baseMs: 10, stepMs: -1, capMs: 100 } },
    { law: { kind: "list", delaysMs: [] } },
    { law: { kind: "list", delaysMs: new Array(101).fill(1) } },
    { perClass: { timeout: { retry: true, factor: -1 } } },
    { perClass: { timeout: { factor: 2 } } },
  ])("refuses what is out of range instead of bending it: %j", (change) => {
    expect(accepts(change)).toBe(false);
  });

  it("takes the expected version in the body of the call only", () => {
    expect(putPolicySchema.parse({ ...body, expectedVersion: 2 })).toMatchObject({ expectedVersion: 2 });
    expect(putPolicySchema.safeParse({ ...body, minDelayMs: 101 }).success).toBe(false);
    expect(accepts({ expectedVersion: 2 })).toBe(false);
  });
});

describe("classRule", () => {
  const policy = { ...defaultRetryPolicy, maxAttempts: 8 };

  it("retries by default exactly what has a chance unchanged", () => {
    const retried = failureClasses.filter((name) => classRule(policy, name).retry);
    expect(retried).toEqual([
      "transient",
      "timeout",
      "rate-limited",
      "dependency-down",
      "worker-lost",
      "unknown",
    ]);
  });

  it("gives unknown three attempts, never more than the policy, unless the policy says so itself", () => {
    expect(classRule(policy, "unknown").maxAttempts).toBe(3);
    expect(classRule({ ...policy, maxAttempts: 2 }, "unknown").maxAttempts).toBe(2);
    const factorOnly = { ...policy, perClass: { unknown: { retry: true, factor: 2 } } };
    expect(classRule(factorOnly, "unknown")).toMatchObject({ maxAttempts: 3, factor: 2 });
    const raised = { ...policy, perClass: { unknown: { retry: true, maxAttempts: 20 } } };
    expect(classRule(raised, "unknown").maxAttempts).toBe(20);
  });

  it("makes the third loss the last whatever the attempts of the policy", () => {
    expect(classRule({ ...policy, maxAttempts: 1 }, "worker-lost").maxAttempts).toBe(3);
  });
});
