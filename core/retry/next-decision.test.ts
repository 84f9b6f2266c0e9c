import { describe, expect, it } from "vitest";
import { compareNextDecision, type WaitingRetry } from "./next-decision.ts";
import type { RetryPolicy } from "./retry-policy.ts";

const waiting: WaitingRetry = {
  failureClass: "transient",
  priority: "normal",
  guarantee: "at-least-once",
  failures: 3,
  losses: 0,
  attempt: 3,
  elapsedMs: 10_000,
};
const policy: RetryPolicy = {
  law: { kind: "constant", delayMs: 1_000 },
  jitter: "none",
  minDelayMs: 0,
  maxAttempts: 5,
  honourRetryAfter: true,
};
const compare = (after: Partial<RetryPolicy>) =>
  compareNextDecision(waiting, policy, { ...policy, ...after });

describe("what a policy changes for a job that waits for its retry", () => {
  it("is told by its next failure", () => {
    expect(compare({})).toBe("same");
    expect(compare({ law: { kind: "constant", delayMs: 10 } })).toBe("sooner");
    expect(compare({ law: { kind: "constant", delayMs: 10_000 } })).toBe("later");
    expect(compare({ maxAttempts: 4 })).toBe("dies");
    expect(compareNextDecision({ ...waiting, failures: 4 }, policy, { ...policy, maxAttempts: 9 })).toBe(
      "retried",
    );
  });

  it("is the same where both policies end it", () => {
    expect(compareNextDecision({ ...waiting, failures: 8 }, policy, { ...policy, maxAttempts: 6 })).toBe(
      "same",
    );
  });
});
