import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priorityClasses } from "../priority/priority-class.ts";
import { type RecordedFailure, type RecordedJob, replayJob } from "./backtest-policy.ts";
import { backtestPolicies } from "./backtest-report.ts";
import { defaultRetryPolicy } from "./default-retry-policy.ts";
import { jitterKinds } from "./jitter-kind.ts";
import type { RetryPolicy } from "./retry-policy.ts";

const failure = (startedAtMs: number, more: Partial<RecordedFailure> = {}): RecordedFailure => ({
  startedAtMs,
  finishedAtMs: startedAtMs + 10,
  class: "dependency-down",
  retryAfterMs: null,
  retryable: true,
  ...more,
});
const job = (more: Partial<RecordedJob> = {}): RecordedJob => ({
  priority: "normal",
  guarantee: "at-least-once",
  failures: [failure(0)],
  succeededAtMs: null,
  recoveredAtMs: null,
  ...more,
});
const steady: RetryPolicy = {
  law: { kind: "constant", delayMs: 1_000 },
  jitter: "none",
  minDelayMs: 0,
  maxAttempts: 5,
  honourRetryAfter: true,
};

const classes = [
  "transient",
  "timeout",
  "dependency-down",
  "rate-limited",
  "unknown",
  "bug",
  "worker-lost",
] as const;
const anyJob = fc
  .record({
    waitsMs: fc.array(fc.integer({ min: 20, max: 120_000 }), { minLength: 1, maxLength: 6 }),
    class: fc.constantFrom(...classes),
    priority: fc.constantFrom(...priorityClasses),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 30_000 })),
    ending: fc.constantFrom("succeeds", "recovers", "stays"),
  })
  .map(({ waitsMs, ending, priority, ...like }) => {
    let atMs = 0;
    const failures = waitsMs.map((waitMs) => {
      atMs += waitMs;
      return failure(atMs, { class: like.class, retryAfterMs: like.retryAfterMs });
    });
    return job({
      failures,
      priority,
      succeededAtMs: ending === "succeeds" ? atMs + 60_000 : null,
      recoveredAtMs: ending === "recovers" ? atMs + 30_000 : null,
    });
  });
const anyPolicy = fc
  .record({
    baseMs: fc.integer({ min: 1, max: 60_000 }),
    factor: fc.integer({ min: 1, max: 4 }),
    jitter: fc.constantFrom(...jitterKinds),
    maxAttempts: fc.integer({ min: 1, max: 12 }),
    maxElapsedMs: fc.option(fc.integer({ min: 1_000, max: 600_000 }), { nil: undefined }),
    honourRetryAfter: fc.boolean(),
  })
  .map(
    ({ baseMs, factor, ...more }): RetryPolicy => ({
      law: { kind: "exponential", baseMs, factor, capMs: 120_000 },
      minDelayMs: 0,
      ...more,
    }),
  );

describe("replayJob", () => {
  it("succeeds at the first attempt after the dependency came back, and counts what it took", () => {
    expect(replayJob(job({ recoveredAtMs: 2_500 }), steady, 1)).toEqual({
      recovered: true,
      attempts: 4,
      latencyMs: 3_030,
      retriesAtMs: [1_010, 2_020, 3_030],
    });
  });

  it("is dead when the attempts are spent before that", () => {
    expect(replayJob(job({ recoveredAtMs: 60_000 }), steady, 1)).toMatchObject({
      recovered: false,
      attempts: 5,
      latencyMs: null,
    });
  });

  it("never recovers a job whose class has no chance unless someone acts, whatever the policy retries", () => {
    const stubborn = { ...steady, perClass: { bug: { retry: true } } };
    const broken = job({ failures: [failure(0, { class: "bug" })], recoveredAtMs: 1_000 });
    expect(replayJob(broken, stubborn, 1)).toMatchObject({ recovered: false, attempts: 5 });
    expect(replayJob(broken, steady, 1)).toMatchObject({ recovered: false, attempts: 1 });
  });

  it("fails between two recorded failures as the earlier one did", () => {
    const refused = job({
      failures: [failure(0), failure(1_500, { class: "invalid-input" })],
      succeededAtMs: 9_000,
    });
    // 1,010 is still an outage and retried; 2,020 is refused input, which is not.
    expect(replayJob(refused, steady, 1)).toMatchObject({ recovered: false, attempts: 3 });
  });

  it("takes every attempt at or after the recorded success as one that succeeds", () => {
    fc.assert(
      fc.property(anyJob, anyPolicy, fc.nat(), (recorded, policy, seed) => {
        const { succeededAtMs } = recorded;
        fc.pre(succeededAtMs !== null);
        const { recovered, retriesAtMs } = replayJob(recorded, policy, seed);
        const inTime = retriesAtMs.filter((atMs) => atMs >= (succeededAtMs ?? 0));
        expect(inTime.length).toBeLessThanOrEqual(1);
        if (inTime.length === 1) expect(recovered).toBe(true);
      }),
    );
  });

  it("an earlier recovery never loses a job, nor makes it later", () => {
    fc.assert(
      fc.property(anyJob, anyPolicy, fc.nat(), fc.nat({ max: 30_000 }), (recorded, policy, seed, sooner) => {
        fc.pre(recorded.recoveredAtMs !== null);
        const later = replayJob(recorded, policy, seed);
        const early = replayJob(
          { ...recorded, recoveredAtMs: (recorded.recoveredAtMs ?? 0) - sooner },
          policy,
          seed,
        );
        if (later.recovered) expect(early.recovered).toBe(true);
        if (later.latencyMs !== null) expect(early.latencyMs).toBeLessThanOrEqual(later.latencyMs);
      }),
    );
  });
});

describe("backtestPolicies", () => {
  it("identical policies give identical results", () => {
    fc.assert(
      fc.property(fc.array(anyJob, { maxLength: 20 }), anyPolicy, fc.nat(), (jobs, policy, seed) => {
        const report = backtestPolicies({ jobs, old: policy, new: { ...policy }, seed });
        expect(report.new).toEqual(report.old);
        expect([report.gained, report.lost]).toEqual([0, 0]);
        expect(report.series.every((point) => point.old === point.new)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("more attempts never recover fewer", () => {
    const more = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(
        fc.array(anyJob, { maxLength: 20 }),
        anyPolicy,
        more,
        fc.nat(),
        (jobs, old, extra, seed) => {
          const generous = { ...old, maxAttempts: old.maxAttempts + extra };
          const report = backtestPolicies({ jobs, old, new: generous, seed });
          expect(report.lost).toBe(0);
          expect(report.new.recovered.value).toBe((report.old.recovered.value ?? 0) + report.gained);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("every job is either recovered or dead, and intervals hold their figure's order", () => {
    fc.assert(
      fc.property(
        fc.array(anyJob, { minLength: 1, maxLength: 20 }),
        anyPolicy,
        fc.nat(),
        (jobs, policy, seed) => {
          const { old } = backtestPolicies({ jobs, old: policy, new: policy, seed });
          expect((old.recovered.value ?? 0) + (old.dead.value ?? 0)).toBe(jobs.length);
          for (const { low, high } of Object.values(old)) expect(low ?? 0).toBeLessThanOrEqual(high ?? 0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("tells the busiest minute, and of a long series the busiest minute of each bucket", () => {
    const jobs = Array.from({ length: 3 }, (_, index) =>
      job({ recoveredAtMs: index === 0 ? 90_000_000 : 500 }),
    );
    const patient: RetryPolicy = {
      ...steady,
      law: { kind: "constant", delayMs: 3_600_000 },
      maxAttempts: 24,
    };
    const report = backtestPolicies({ jobs, old: steady, new: patient, seed: 7 });
    expect(report.old.peakRetriesPerMinute.value).toBe(6);
    expect(report.series[0]).toMatchObject({ old: 6, new: 0 });
    expect(report.series.length).toBeLessThanOrEqual(120);
    expect(report.series.reduce((most, point) => Math.max(most, point.new), 0)).toBe(3);
  });

  it("with nothing recorded there is nothing to tell", () => {
    const report = backtestPolicies({ jobs: [], old: steady, new: defaultRetryPolicy, seed: 1 });
    expect(report).toMatchObject({
      jobs: 0,
      series: [],
      old: { medianLatencyMs: { value: null, low: null } },
    });
  });
});
