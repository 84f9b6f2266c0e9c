import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FailureClass } from "../failure/failure-class.ts";
import { seededRandom } from "../random.ts";
import { analyseRetries } from "./analyse-retries.ts";
import type { RecordedJob } from "./backtest-policy.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { recordChance, recordedFailure } from "./testing/recorded-world.ts";

const hourMs = 3_600_000;
const policy: RetryPolicy = {
  law: { kind: "constant", delayMs: 1_000 },
  jitter: "none",
  minDelayMs: 0,
  maxAttempts: 4,
  honourRetryAfter: true,
};
const job = (classes: readonly FailureClass[], succeeded: boolean): RecordedJob => ({
  priority: "normal",
  guarantee: "at-least-once",
  failures: classes.map((failureClass, index) => recordedFailure(failureClass, index * 1_000)),
  succeededAtMs: succeeded ? classes.length * 1_000 : null,
  recoveredAtMs: null,
});
const analyse = (ended: readonly RecordedJob[], more: Partial<Parameters<typeof analyseRetries>[0]> = {}) =>
  analyseRetries({ ended, waiting: [], firstTry: null, policy, windowMs: hourMs, share: 1, ...more });
const anyJob = fc
  .record({
    classes: fc.array(fc.constantFrom<FailureClass>("transient", "timeout", "bug"), {
      minLength: 1,
      maxLength: 30,
    }),
    succeeded: fc.boolean(),
  })
  .map(({ classes, succeeded }) => job(classes, succeeded));

describe("analyseRetries", () => {
  it("tells with how many attempts jobs succeeded and died", () => {
    const { histogram } = analyse([
      job(["bug"], false),
      job(["timeout"], true),
      job(["timeout"], true),
      job(["timeout", "timeout", "timeout"], true),
      job(["timeout", "timeout", "timeout", "timeout"], false),
    ]);
    expect(histogram).toEqual([
      { attempts: 1, succeeded: 0, dead: 1 },
      { attempts: 2, succeeded: 2, dead: 0 },
      { attempts: 3, succeeded: 0, dead: 0 },
      { attempts: 4, succeeded: 1, dead: 1 },
    ]);
  });

  it("counts an attempt for the class of the failure before it", () => {
    const { classes, all } = analyse([job(["timeout", "transient"], true), job(["timeout"], false)]);
    const of = (name: FailureClass) => classes.find(({ failureClass }) => failureClass === name);
    expect(of("timeout")).toMatchObject({ failures: 2, tried: 1, succeeded: 0 });
    expect(of("transient")).toMatchObject({ failures: 1, tried: 1, succeeded: 1 });
    expect(of("transient")?.attempts).toMatchObject([{ attempt: 3, tried: 1, succeeded: 1 }]);
    expect(all.attempts).toMatchObject([
      { attempt: 2, tried: 1, succeeded: 0 },
      { attempt: 3, tried: 1, succeeded: 1 },
    ]);
  });

  it("a job that still waits counts for the attempts it made, not for those to come", () => {
    const waiting = [[recordedFailure("timeout", 0), recordedFailure("timeout", 1_000)]];
    const analysis = analyse([], { waiting });
    expect(analysis).toMatchObject({ jobs: 1, waiting: 1, dead: 0, histogram: [] });
    expect(analysis.all.attempts).toMatchObject([{ attempt: 2, tried: 1, succeeded: 0 }]);
  });

  it("every failure has a class, and every attempt of the whole one in a class", () => {
    fc.assert(
      fc.property(fc.array(anyJob, { minLength: 1, maxLength: 30 }), (jobs) => {
        const { all, classes, histogram } = analyse(jobs);
        const sum = (of: (one: (typeof classes)[number]) => number) =>
          classes.reduce((total, one) => total + of(one), 0);
        expect(sum(({ failures }) => failures)).toBe(all.failures);
        expect(sum(({ tried }) => tried)).toBe(all.tried);
        expect(sum(({ succeeded }) => succeeded)).toBe(all.succeeded);
        expect(histogram.reduce((total, bar) => total + bar.succeeded + bar.dead, 0)).toBe(jobs.length);
      }),
    );
  });

  it("the chance within the attempts left falls from attempt to attempt and is none beyond the limit", () => {
    fc.assert(
      fc.property(fc.array(anyJob, { minLength: 1, maxLength: 30 }), (jobs) => {
        for (const { attempts, withinLimit } of analyse(jobs).classes) {
          const left = attempts.map(({ withinLeft }) => withinLeft);
          expect(left).toEqual([...left].sort((a, b) => b - a));
          expect(withinLimit).toBe(left[0] ?? 0);
          for (const { attempt, withinLeft } of attempts) if (attempt > 4) expect(withinLeft).toBe(0);
        }
      }),
    );
  });

  it("the chance within the attempts left is what the world does", () => {
    const random = seededRandom(7);
    const chance = { failureClass: "transient", startMs: 0, hazard: 0.3, maxAttempts: 4 } as const;
    const jobs = Array.from({ length: 1_500 }, () => recordChance(chance, random));
    const { all } = analyse(jobs);
    expect(Math.abs(all.withinLimit - (1 - 0.7 ** 3))).toBeLessThan(0.03);
    expect(Math.abs((all.attempts.at(-1)?.withinLeft ?? 0) - 0.3)).toBeLessThan(0.05);
  });

  it("calls a class futile when its retries surely succeed less often than 2 in 100, and no other", () => {
    const vain = Array.from({ length: 60 }, () => job(["bug", "bug", "bug", "bug"], false));
    const fine = Array.from({ length: 60 }, () => job(["timeout"], true));
    const few = Array.from({ length: 3 }, () => job(["unknown", "unknown"], false));
    const { classes } = analyse([...vain, ...fine, ...few]);
    const futile = classes.filter(({ isFutile }) => isFutile).map(({ failureClass }) => failureClass);
    expect(futile).toEqual(["bug"]);
  });

  it("wasted are the retries of jobs that died, and those after a futile failure", () => {
    const vain = Array.from({ length: 100 }, () => job(["bug", "bug", "bug"], false));
    const late = job(["bug", "bug", "timeout"], true);
    const fine = Array.from({ length: 200 }, () => job(["timeout"], true));
    const { wasted } = analyse([...vain, late, ...fine], { windowMs: 2 * hourMs, share: 0.25 });
    expect(wasted).toMatchObject({ retries: 202, ofDead: 200, ofFutile: 2, perHour: 404 });
    expect(wasted.slotMsPerHour).toBe(404 * 20);
  });

  it("tells how long recovery took, and nothing when none did", () => {
    const jobs = Array.from({ length: 9 }, () => job(["timeout"], true));
    expect(analyse([...jobs, job(["timeout", "timeout", "timeout"], true)]).recovery).toEqual({
      p50Ms: 1_000,
      p90Ms: 3_000,
      p99Ms: 3_000,
    });
    expect(analyse([job(["bug"], false)]).recovery).toBeNull();
  });

  it("of nothing there is nothing to tell", () => {
    expect(analyse([])).toMatchObject({
      jobs: 0,
      histogram: [],
      classes: [],
      all: { failures: 0, tried: 0, isFutile: false, withinLimit: 0 },
      wasted: { retries: 0, perHour: 0 },
      recovery: null,
    });
  });
});
