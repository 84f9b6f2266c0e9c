import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureClasses } from "#core/failure/failure-class.ts";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import { jitterKinds } from "#core/retry/jitter-kind.ts";
import type { BackoffLaw, RetryPolicy } from "#core/retry/retry-policy.ts";
import { checkDraft } from "./check-policy.ts";
import { toDraft } from "./policy-draft.ts";

const ms = fc.integer({ min: 1, max: 86_400_000 });
const anyLaw: fc.Arbitrary<BackoffLaw> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), delayMs: ms }),
  fc
    .record({ kind: fc.constant("linear" as const), baseMs: ms, stepMs: ms, capMs: ms })
    .map((law) => ({ ...law, capMs: law.baseMs + law.capMs })),
  fc
    .record({
      kind: fc.constant("exponential" as const),
      baseMs: ms,
      factor: fc.integer({ min: 1, max: 9 }),
      capMs: ms,
    })
    .map((law) => ({ ...law, capMs: law.baseMs + law.capMs })),
  fc.record({ kind: fc.constant("list" as const), delaysMs: fc.array(ms, { minLength: 1, maxLength: 6 }) }),
);
const anyPolicy: fc.Arbitrary<RetryPolicy> = fc.record(
  {
    law: anyLaw,
    jitter: fc.constantFrom(...jitterKinds),
    minDelayMs: fc.constant(0),
    maxAttempts: fc.integer({ min: 1, max: 1_000 }),
    maxElapsedMs: ms,
    honourRetryAfter: fc.boolean(),
    perClass: fc
      .dictionary(
        fc.constantFrom(...failureClasses),
        fc.record(
          {
            retry: fc.boolean(),
            factor: fc.integer({ min: 0, max: 100 }),
            maxAttempts: fc.integer({ min: 1, max: 9 }),
            law: anyLaw,
          },
          { requiredKeys: ["retry"] },
        ),
      )
      .filter((rules) => Object.keys(rules).length > 0),
  },
  { requiredKeys: ["law", "jitter", "minDelayMs", "maxAttempts", "honourRetryAfter"] },
);

describe("a policy as text fields", () => {
  it("says the same policy, whatever it is", () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(checkDraft(toDraft(policy))).toEqual({ policy, errors: new Map() });
      }),
    );
  });

  it("names the field that cannot be read", () => {
    const draft = toDraft(defaultRetryPolicy);
    const { policy, errors } = checkDraft({ ...draft, maxElapsed: "soon", law: { ...draft.law, base: "" } });
    expect(policy).toBeNull();
    expect([...errors.keys()].sort()).toEqual(["/law/baseMs", "/maxElapsedMs"]);
  });

  it("names the field that the server would refuse", () => {
    const draft = toDraft(defaultRetryPolicy);
    expect([...checkDraft({ ...draft, law: { ...draft.law, cap: "500 ms" } }).errors.keys()]).toContain(
      "/law/capMs",
    );
    expect([...checkDraft({ ...draft, maxAttempts: "0" }).errors.keys()]).toEqual(["/maxAttempts"]);
  });

  it("does not mention a class that the form leaves as it is", () => {
    expect(checkDraft(toDraft(defaultRetryPolicy)).policy).not.toHaveProperty("perClass");
  });
});
