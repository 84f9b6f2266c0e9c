import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureClasses } from "../failure/failure-class.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import { seededRandom } from "../random.ts";
import { decideRetry, type RetryDecision, type RetryFacts } from "./decide-retry.ts";
import { jitterKinds } from "./jitter-kind.ts";
import type { RetryPolicy } from "./retry-policy.ts";

const plain: RetryPolicy = {
  law: { kind: "exponential", baseMs: 2_000, factor: 2, capMs: 60_000 },
  jitter: "none",
  minDelayMs: 0,
  maxAttempts: 5,
  honourRetryAfter: true,
};

function facts(change: Partial<RetryFacts> = {}): RetryFacts {
  return {
    policy: plain,
    failure: { class: "transient" },
    priority: "normal",
    guarantee: "at-least-once",
    failures: 1,
    losses: 0,
    attempt: 1,
    elapsedMs: 0,
    nowMs: 1_000_000,
    random: seededRandom(1),
    ...change,
  };
}

function delayOf(change: Partial<RetryFacts>): number {
  const decision = decideRetry(facts(change));
  if (decision.kind !== "retry") throw new Error(`decided ${decision.kind}`);
  return decision.delayMs;
}

function deadReason(change: Partial<RetryFacts>): string {
  const decision = decideRetry(facts(change));
  return decision.kind === "dead" ? decision.reason : decision.kind;
}

describe("decideRetry: when", () => {
  it("follows the law and says how it came to the figure", () => {
    expect(decideRetry(facts({ failures: 3 }))).toEqual({
      kind: "retry",
      delayMs: 8_000,
      runAtMs: 1_008_000,
      baseDelayMs: 8_000,
      drawnDelayMs: 8_000,
      because: ["law exponential 2 s × 2^2 = 8 s"],
    });
  });

  it("applies class factor, priority factor and multiplier after the cap, then jitter, each with its sentence", () => {
    const decision = decideRetry(
      facts({
        policy: {
          ...plain,
          maxAttempts: 50,
          jitter: "full",
          perClass: { timeout: { retry: true, factor: 3 } },
        },
        failure: { class: "timeout" },
        priority: "critical",
        multiplier: 4,
        failures: 40,
        random: () => 0.5,
      }),
    );
    expect(decision).toMatchObject({ kind: "retry", baseDelayMs: 360_000, delayMs: 180_000 });
    expect(decision.because).toEqual([
      "law exponential 2 s × 2^39, capped at 1 min",
      "class timeout × 3 = 3 min",
      "priority critical × 0.5 = 1.5 min",
      "adaptive multiplier × 4 = 6 min",
      "full jitter drew 3 min of 6 min",
    ]);
  });

  it.each([
    ["critical", 1_000],
    ["high", 1_500],
    ["normal", 2_000],
    ["low", 3_000],
    ["bulk", 4_000],
  ] as const)("brings %s back after %d ms of a nominal 2 s", (priority, delayMs) => {
    expect(delayOf({ priority })).toBe(delayMs);
  });

  it("uses a class's own law", () => {
    const perClass: RetryPolicy["perClass"] = {
      timeout: { retry: true, law: { kind: "list", delaysMs: [7, 9] } },
    };
    expect(delayOf({ policy: { ...plain, perClass }, failure: { class: "timeout" }, failures: 2 })).toBe(9);
    expect(delayOf({ policy: { ...plain, perClass }, failures: 2 })).toBe(4_000);
  });

  it("walks decorrelated jitter from what it drew, not from what Retry-After made of it", () => {
    const policy: RetryPolicy = { ...plain, jitter: "decorrelated" };
    const first = decideRetry(
      facts({ policy, failure: { class: "rate-limited", retryAfterMs: 500_000 }, random: () => 0.5 }),
    );
    expect(first).toMatchObject({ kind: "retry", delayMs: 500_000, drawnDelayMs: 4_000 });
    expect(delayOf({ policy, failures: 2, previousDelayMs: 4_000, random: () => 0.5 })).toBe(7_000);
    expect(delayOf({ policy, priority: "critical", random: () => 1 - 1e-12 })).toBe(3_000);
    expect(delayOf({ policy, priority: "critical", previousDelayMs: 29_000, random: () => 1 - 1e-12 })).toBe(
      30_000,
    );
  });

  it("never starts before Retry-After, whatever law, jitter, class, priority and multiplier", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...jitterKinds),
        fc.constantFrom("transient", "rate-limited", "dependency-down", "timeout", "unknown", "worker-lost"),
        fc.constantFrom(...priorityClasses),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 1, max: 16, noNaN: true }),
        fc.integer(),
        (jitter, failureClass, priority, retryAfterMs, multiplier, seed) => {
          const delayMs = delayOf({
            policy: { ...plain, jitter },
            failure: { class: failureClass as "transient", retryAfterMs },
            priority,
            multiplier,
            losses: 1,
            random: seededRandom(seed),
          });
          expect(delayMs).toBeGreaterThanOrEqual(retryAfterMs);
          expect(Number.isInteger(delayMs)).toBe(true);
        },
      ),
    );
  });

  it("takes Retry-After as it is beyond the cap, and leaves it aside when the policy does", () => {
    const failure = { class: "rate-limited", retryAfterMs: 3_600_000 } as const;
    expect(delayOf({ failure })).toBe(3_600_000);
    expect(delayOf({ failure, policy: { ...plain, honourRetryAfter: false } })).toBe(2_000);
    expect(delayOf({ failure: { ...failure, retryAfterMs: 1 } })).toBe(2_000);
  });
});

describe("decideRetry: whether", () => {
  it("counts the first attempt: the fifth failure of five attempts is dead, the fourth is not", () => {
    expect(deadReason({ failures: 4 })).toBe("retry");
    expect(deadReason({ failures: 5 })).toBe("max-attempts");
    expect(deadReason({ failures: 6 })).toBe("max-attempts");
  });

  it("gives up when the next attempt would start beyond the elapsed limit, by law or by Retry-After", () => {
    const policy = { ...plain, maxElapsedMs: 10_000 };
    expect(deadReason({ policy, elapsedMs: 8_000 })).toBe("retry");
    expect(deadReason({ policy, elapsedMs: 8_001 })).toBe("max-elapsed");
    expect(deadReason({ policy, elapsedMs: 10_000, failure: { class: "worker-lost" }, losses: 1 })).toBe(
      "max-elapsed",
    );
    expect(decideRetry(facts({ policy, failure: { class: "rate-limited", retryAfterMs: 30_000 } }))).toEqual({
      kind: "dead",
      reason: "max-elapsed",
      because: [
        "law exponential 2 s × 2^0 = 2 s",
        "Retry-After asked for 30 s",
        "the next attempt would start 30 s after the first, beyond the limit of 10 s",
      ],
    });
  });

  it.each(["invalid-input", "permanent", "bug", "cancelled"] as const)(
    "does not retry %s unless told to",
    (name) => {
      expect(deadReason({ failure: { class: name } })).toBe("class-not-retried");
      const policy = { ...plain, perClass: { [name]: { retry: true } } };
      expect(deadReason({ policy, failure: { class: name, retryable: false } })).toBe("retry");
    },
  );

  it("quarantines poison, and a third loss is poison", () => {
    expect(deadReason({ failure: { class: "poison" } })).toBe("poison");
    expect(deadReason({ failure: { class: "worker-lost" }, losses: 3 })).toBe("poison");
  });

  it("gives a lost worker's job a new attempt at once, without counting a failure", () => {
    const change = { failure: { class: "worker-lost" }, failures: 5, losses: 2 } as const;
    expect(decideRetry(facts(change))).toMatchObject({
      kind: "retry",
      delayMs: 0,
      runAtMs: 1_000_000,
      because: ["loss 2 of a worker: a new attempt at once"],
    });
  });

  it("gives unknown three attempts", () => {
    expect(deadReason({ failure: { class: "unknown" }, failures: 2 })).toBe("retry");
    expect(deadReason({ failure: { class: "unknown" }, failures: 3 })).toBe("max-attempts");
  });

  it("takes a verdict on the one failure over its class", () => {
    expect(deadReason({ failure: { class: "transient", retryable: false } })).toBe("class-not-retried");
    expect(deadReason({ failure: { class: "permanent", retryable: true } })).toBe("class-not-retried");
  });

  it("never repeats an at-most-once job that may have taken effect, and does repeat one that failed plainly", () => {
    const guarantee = "at-most-once";
    expect(deadReason({ guarantee, failure: { class: "worker-lost" }, losses: 1 })).toBe("at-most-once");
    expect(deadReason({ guarantee, failure: { class: "timeout" } })).toBe("at-most-once");
    expect(deadReason({ guarantee })).toBe("retry");
  });

  it("holds for an open breaker and a spent budget, never shorter than the backoff", () => {
    const breaker = { open: true, untilMs: 1_030_000, dependency: "mail-api" };
    expect(decideRetry(facts({ breaker }))).toMatchObject({
      kind: "hold",
      reason: "breaker-open",
      dependency: "mail-api",
      untilMs: 1_030_000,
      because: ["law exponential 2 s × 2^0 = 2 s", "the breaker of mail-api is open: held for 30 s at least"],
    });
    expect(decideRetry(facts({ breaker: { ...breaker, untilMs: 1_000_500 } }))).toMatchObject({
      untilMs: 1_002_000,
    });
    expect(decideRetry(facts({ breaker: { ...breaker, untilMs: null } }))).toMatchObject({ untilMs: null });
    const budget = { available: false, deferUntilMs: 1_005_000 };
    expect(decideRetry(facts({ budget }))).toMatchObject({
      kind: "hold",
      reason: "budget-spent",
      untilMs: 1_005_000,
    });
    const calm = { breaker: { ...breaker, open: false }, budget: { ...budget, available: true } };
    expect(decideRetry(facts(calm)).kind).toBe("retry");
  });

  it("does not hold what is dead anyway", () => {
    const breaker = { open: true, untilMs: 2_000_000, dependency: "mail-api" };
    expect(deadReason({ breaker, failures: 5 })).toBe("max-attempts");
  });

  it("always gives reasons, and a time that is not in the past", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...failureClasses),
        fc.constantFrom(...jitterKinds),
        fc.nat(8),
        fc.nat(4),
        fc.nat(200_000),
        fc.integer(),
        (failureClass, jitter, failures, losses, elapsedMs, seed) => {
          const decision: RetryDecision = decideRetry(
            facts({
              policy: { ...plain, jitter, maxElapsedMs: 100_000 },
              failure: { class: failureClass },
              failures,
              losses,
              elapsedMs,
              random: seededRandom(seed),
            }),
          );
          expect(decision.because.length).toBeGreaterThan(0);
          expect(["retry", "dead"]).toContain(decision.kind);
          if (decision.kind === "retry") {
            expect(decision.runAtMs).toBe(1_000_000 + decision.delayMs);
            expect(decision.delayMs).toBeGreaterThanOrEqual(0);
            expect(elapsedMs + decision.delayMs).toBeLessThanOrEqual(100_000);
          }
        },
      ),
    );
  });
});
