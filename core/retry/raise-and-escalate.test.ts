import fc from "fast-check";
import { expect, test } from "vitest";
import { failureClasses } from "../failure/failure-class.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import { seededRandom } from "../random.ts";
import { decideRetry, type RetryFacts } from "./decide-retry.ts";
import { retryPolicySchema } from "./retry-policy.ts";
import { simulatePolicy } from "./simulate-policy.ts";

const timeouts = (rule: Record<string, unknown>) =>
  retryPolicySchema.parse({
    law: { kind: "constant", delayMs: 1_000 },
    jitter: "none",
    maxAttempts: 3,
    perClass: { timeout: { retry: true, ...rule } },
  });
const facts = (rule: Record<string, unknown>, change: Partial<RetryFacts> = {}): RetryFacts => ({
  policy: timeouts(rule),
  failure: { class: "timeout" },
  priority: "normal",
  guarantee: "at-least-once",
  ...{ failures: 1, losses: 0, attempt: 1, elapsedMs: 0, nowMs: 0, random: seededRandom(1) },
  ...change,
});

test("a class that raises has the next attempt one class up, and says so", () => {
  const decision = decideRetry(facts({ raise: true }));
  expect(decision).toMatchObject({ kind: "retry", delayMs: 1_000, raisedTo: "high" });
  expect(decision.because.at(-1)).toBe("raised from normal to high, once a job");
});

test("a job is raised once, never beyond critical, and never by a class that does not say so", () => {
  expect(decideRetry(facts({ raise: true }, { raised: true }))).not.toHaveProperty("raisedTo");
  expect(decideRetry(facts({ raise: true }, { priority: "critical" }))).not.toHaveProperty("raisedTo");
  expect(decideRetry(facts({ raise: true }, { failure: { class: "transient" } }))).not.toHaveProperty(
    "raisedTo",
  );
});

test("a job that an open breaker holds is raised as well: it competes when the breaker closes", () => {
  const breaker = { open: true, untilMs: null, dependency: "bank" };
  expect(decideRetry(facts({ raise: true }, { breaker }))).toMatchObject({ kind: "hold", raisedTo: "high" });
});

test("a class that escalates is retried as any other, and asks a person when no attempt is left", () => {
  expect(decideRetry(facts({ escalate: true })).kind).toBe("retry");
  expect(decideRetry(facts({ escalate: true }, { failures: 3 }))).toEqual({
    kind: "escalate",
    reason: "max-attempts",
    because: ["failure 3 of 3 attempts", "the policy asks a person about class timeout"],
  });
  expect(decideRetry(facts({ retry: false, escalate: true }))).toMatchObject({
    kind: "escalate",
    reason: "class-not-retried",
  });
});

test("whatever the facts, escalating changes the end and nothing else, and raising nothing but the class", () => {
  const anything = fc.record({
    failure: fc.record({ class: fc.constantFrom(...failureClasses) }),
    priority: fc.constantFrom(...priorityClasses),
    guarantee: fc.constantFrom("at-least-once" as const, "at-most-once" as const),
    failures: fc.integer({ min: 1, max: 5 }),
    losses: fc.integer({ min: 0, max: 4 }),
    raised: fc.boolean(),
  });
  fc.assert(
    fc.property(anything, (change) => {
      const usual = decideRetry(facts({}, change));
      const asked = decideRetry(facts({ escalate: true }, change));
      const raised = decideRetry(facts({ raise: true }, change));
      const isTimeout = change.failure.class === "timeout";
      expect(asked.kind).toBe(usual.kind === "dead" && isTimeout ? "escalate" : usual.kind);
      expect(raised.kind).toBe(usual.kind);
      if (usual.kind === "retry") expect(raised).toMatchObject({ delayMs: usual.delayMs });
    }),
  );
});

test("a preview of a policy that escalates ends with the reason", () => {
  const preview = simulatePolicy({
    policy: timeouts({ escalate: true }),
    failureClass: "timeout",
    ...{ priority: "normal", attempts: 10, seed: 1, startMs: 0 },
  });
  expect(preview).toMatchObject({ giveUpReason: "max-attempts", delaysMs: [1_000, 1_000] });
});
