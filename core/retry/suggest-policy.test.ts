import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { analyseRetries } from "./analyse-retries.ts";
import type { RecordedJob } from "./backtest-policy.ts";
import { backtestPolicies } from "./backtest-report.ts";
import { defaultRetryPolicy } from "./default-retry-policy.ts";
import { type RetryPolicy, retryPolicySchema } from "./retry-policy.ts";
import { suggestPolicy } from "./suggest-policy.ts";
import { recordChance, recordTrouble } from "./testing/recorded-world.ts";

const hourMs = 3_600_000;
const steady: RetryPolicy = {
  law: { kind: "constant", delayMs: 1_000 },
  jitter: "none",
  minDelayMs: 0,
  maxAttempts: 5,
  honourRetryAfter: true,
};
const suggest = (ended: readonly RecordedJob[], policy: RetryPolicy) => {
  const analysis = analyseRetries({
    ended,
    waiting: [],
    firstTry: null,
    policy,
    windowMs: 24 * hourMs,
    share: 1,
  });
  return suggestPolicy({ analysis, ended, policy, seed: 1 });
};
const backtest = (jobs: readonly RecordedJob[], old: RetryPolicy, next: RetryPolicy) =>
  backtestPolicies({ jobs, old, new: next, seed: 99 });
/** Jobs a minute apart, each with trouble of its own. */
const world = (
  count: number,
  make: (startMs: number, random: () => number, index: number) => RecordedJob,
  seed: number,
) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => make(index * 60_000, random, index));
};
const exponential = (meanMs: number, random: () => number) => -meanMs * Math.log(1 - random());

describe("suggestPolicy", () => {
  it("stops a class that nobody retries with success, and the backtest spares its attempts and loses nobody", () => {
    const stubborn = { ...steady, perClass: { bug: { retry: true } } };
    const jobs = world(
      200,
      (startMs, random, index) =>
        index % 2 === 0
          ? recordTrouble(stubborn, { failureClass: "bug", startMs, clearsAfterMs: null }, index)
          : recordTrouble(
              stubborn,
              { failureClass: "timeout", startMs, clearsAfterMs: exponential(400, random) },
              index,
            ),
      3,
    );
    const { suggestion } = suggest(jobs, stubborn);
    expect(suggestion?.changes).toMatchObject([{ kind: "stop-class", failureClass: "bug", succeeded: 0 }]);
    expect(suggestion?.policy.perClass?.bug).toEqual({ retry: false });
    const report = backtest(jobs, stubborn, suggestion?.policy ?? stubborn);
    expect(report.lost).toBe(0);
    expect(report.new.attempts.value ?? 0).toBeLessThan(0.6 * (report.old.attempts.value ?? 0));
  });

  it("leaves one retry to a class that passes by nature, whatever its record", () => {
    const jobs = world(
      200,
      (startMs, _, index) =>
        index % 2 === 0
          ? recordTrouble(steady, { failureClass: "dependency-down", startMs, clearsAfterMs: null }, index)
          : recordTrouble(steady, { failureClass: "timeout", startMs, clearsAfterMs: 100 }, index),
      4,
    );
    const { suggestion } = suggest(jobs, steady);
    expect(suggestion?.policy.perClass?.["dependency-down"]).toEqual({ retry: true, maxAttempts: 2 });
    expect(backtest(jobs, steady, suggestion?.policy ?? steady).lost).toBe(0);
  });

  it.each([
    ["constant delays", steady],
    ["exponential delays", { ...defaultRetryPolicy, maxAttempts: 4 }],
    [
      "a low cap",
      { ...steady, law: { kind: "exponential", baseMs: 1_000, factor: 2, capMs: 2_000 }, maxAttempts: 7 },
    ],
    ["a list", { ...steady, law: { kind: "list", delaysMs: [500, 1_000] } }],
    ["a limit of time", { ...steady, maxElapsedMs: 3_000 }],
  ] as [string, RetryPolicy][])(
    "outlasts trouble that ends after the policy gave up, with %s, and the backtest recovers most of the dead",
    (_, policy) => {
      const jobs = world(
        200,
        (startMs, random, index) =>
          recordTrouble(
            policy,
            { failureClass: "dependency-down", startMs, clearsAfterMs: 5_000 + 10_000 * random() },
            index,
          ),
        5,
      );
      const { suggestion } = suggest(jobs, policy);
      expect(suggestion?.changes).toMatchObject([{ kind: "outlast" }]);
      const report = backtest(jobs, policy, suggestion?.policy ?? policy);
      expect(report.lost).toBe(0);
      expect(report.gained).toBeGreaterThan(0.8 * (report.old.dead.value ?? 0));
      expect(report.gained).toBeGreaterThan(20);
    },
  );

  it("gives more attempts where the last still succeed often", () => {
    const chance = { failureClass: "transient", hazard: 0.3, maxAttempts: 5 } as const;
    const jobs = world(300, (startMs, random) => recordChance({ ...chance, startMs }, random), 6);
    const { suggestion } = suggest(jobs, steady);
    expect(suggestion?.changes).toMatchObject([{ kind: "more-attempts", was: 5 }]);
    // Fresh jobs of the same world die less often under it.
    const dead = (maxAttempts: number) =>
      world(300, (startMs, random) => recordChance({ ...chance, startMs, maxAttempts }, random), 7).filter(
        ({ succeededAtMs }) => succeededAtMs === null,
      ).length;
    expect(dead(suggestion?.policy.maxAttempts ?? 5)).toBeLessThan(0.4 * dead(5));
  });

  it("cuts attempts that save nobody, and the backtest spares them", () => {
    const long = { ...steady, maxAttempts: 12 };
    const jobs = world(
      400,
      (startMs, random, index) =>
        recordTrouble(
          long,
          {
            failureClass: "timeout",
            startMs,
            clearsAfterMs: index % 2 === 0 ? null : exponential(600, random),
          },
          index,
        ),
      8,
    );
    const { suggestion } = suggest(jobs, long);
    expect(suggestion?.changes).toMatchObject([{ kind: "fewer-attempts", was: 12 }]);
    const report = backtest(jobs, long, suggestion?.policy ?? long);
    expect(report.lost).toBeLessThanOrEqual(2);
    expect(report.new.attempts.value ?? 0).toBeLessThan(0.8 * (report.old.attempts.value ?? 0));
  });

  it("says nothing when retries do what they should", () => {
    const jobs = world(
      300,
      (startMs, random, index) =>
        recordTrouble(
          defaultRetryPolicy,
          { failureClass: "transient", startMs, clearsAfterMs: exponential(2_000, random) },
          index,
        ),
      9,
    );
    expect(suggest(jobs, defaultRetryPolicy)).toEqual({ suggestion: null, tooLittle: [] });
  });

  it("never touches a class of which too little is known, and says so", () => {
    const stubborn = { ...steady, perClass: { bug: { retry: true } } };
    const jobs = world(
      5,
      (startMs, _, index) =>
        recordTrouble(stubborn, { failureClass: "bug", startMs, clearsAfterMs: null }, index),
      10,
    );
    expect(suggest(jobs, stubborn)).toEqual({
      suggestion: null,
      tooLittle: [{ failureClass: "bug", tried: 20 }],
    });
  });

  it("whatever the world, a suggestion is a valid policy that differs and that the backtest does not find worse", () => {
    const trouble = fc.record({
      failureClass: fc.constantFrom(
        "transient",
        "timeout",
        "dependency-down",
        "unknown",
        "bug",
        "worker-lost",
      ),
      clearsAfterMs: fc.option(fc.integer({ min: 10, max: 3_600_000 })),
    });
    const policies = fc.record({
      law: fc.constantFrom<RetryPolicy["law"]>(
        { kind: "constant", delayMs: 2_000 },
        { kind: "linear", baseMs: 500, stepMs: 1_000, capMs: 4_000 },
        { kind: "exponential", baseMs: 200, factor: 3, capMs: 60_000 },
        { kind: "list", delaysMs: [100, 5_000] },
      ),
      jitter: fc.constantFrom("none" as const, "full" as const, "decorrelated" as const),
      maxAttempts: fc.integer({ min: 1, max: 20 }),
      maxElapsedMs: fc.option(fc.integer({ min: 1_000, max: 600_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(trouble, { minLength: 1, maxLength: 4 }),
        policies,
        fc.nat(),
        (kinds, { maxElapsedMs, ...more }, seed) => {
          const policy: RetryPolicy = {
            ...more,
            minDelayMs: 0,
            honourRetryAfter: true,
            ...(maxElapsedMs === undefined ? {} : { maxElapsedMs }),
            perClass: { bug: { retry: true } },
          };
          const jobs = world(
            120,
            (startMs, _, index) => {
              const kind = kinds[index % kinds.length] as (typeof kinds)[number];
              return recordTrouble(policy, { ...kind, startMs }, seed + index);
            },
            seed,
          );
          const { suggestion } = suggest(jobs, policy);
          if (suggestion === null) return;
          expect(retryPolicySchema.parse(suggestion.policy)).toEqual(suggestion.policy);
          expect(suggestion.policy).not.toEqual(policy);
          expect(suggestion.effect.lost).toBeLessThanOrEqual(suggestion.effect.gained + 0.02 * jobs.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
