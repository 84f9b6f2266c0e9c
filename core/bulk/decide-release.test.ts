import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BulkGuard, defaultGuard } from "./bulk-guard.ts";
import { type BulkProgress, decideRelease } from "./decide-release.ts";
import type { WatchedJobs } from "./judge-jobs.ts";
import { rampDurationMs, rampRate, rampTotal } from "./ramp.ts";

const anyGuard: fc.Arbitrary<BulkGuard> = fc
  .record({
    canary: fc.integer({ min: 0, max: 200 }),
    startPerSecond: fc.double({ min: 0.1, max: 100, noNaN: true }),
    doubleEveryMs: fc.integer({ min: 1_000, max: 60_000 }),
    steeper: fc.double({ min: 1, max: 50, noNaN: true }),
  })
  .map(({ steeper, ...guard }) => ({
    ...guard,
    maxPerSecond: Math.min(1_000, guard.startPerSecond * steeper),
    haltAboveShare: 0.5,
    newGroupShare: 0.2,
    canaryWaitMs: 60_000,
  }));

const fresh = (matched: number): BulkProgress => ({
  matched,
  taken: 0,
  guardFrom: 0,
  canaryPassed: false,
  ramped: 0,
  rampMs: 0,
});
const fate = (succeeded: number, failedAgain = 0, waiting = 0): WatchedJobs => ({
  succeeded,
  failedAgain,
  newGroups: [],
  waiting,
});

/** Runs an operation whose released jobs all end the same way at once; tells each release with its time. */
function run(guard: BulkGuard, matched: number, ticksMs: readonly number[], fateOf: typeof fate) {
  const releases: { atMs: number; count: number; canaryPassed: boolean }[] = [];
  let progress = fresh(matched);
  let atMs = 0;
  let end: "complete" | "halt" | "running" = "running";
  ticksMs.forEach((tickMs, index) => {
    if (end !== "running") return;
    atMs += tickMs;
    const watched = fateOf(progress.taken);
    const sinceTickMs = index === 0 ? null : tickMs;
    const decision = decideRelease({ guard, progress, sinceTickMs, watched });
    progress = decision.progress;
    if (decision.kind === "release")
      releases.push({ atMs, count: decision.count, canaryPassed: progress.canaryPassed });
    if (decision.kind === "complete" || decision.kind === "halt") end = decision.kind;
  });
  return { releases, end, taken: progress.taken };
}

const someTicks = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 200 });
const matchedJobs = fc.integer({ min: 1, max: 5_000 });

describe("the release of a bulk operation", () => {
  it("never gives any second more than two seconds' worth of the highest rate, however its ticks fall", () => {
    fc.assert(
      fc.property(anyGuard, matchedJobs, someTicks, (guard, matched, ticks) => {
        const { releases } = run(guard, matched, ticks, (taken) => fate(taken));
        for (const { atMs } of releases) {
          const inSecond = releases
            .filter((other) => other.atMs > atMs - 1_000 && other.atMs <= atMs)
            .reduce((sum, { count }) => sum + count, 0);
          expect(inSecond).toBeLessThanOrEqual(Math.ceil(2 * guard.maxPerSecond) + 2);
        }
      }),
    );
  });

  it("over its whole course stays within the ramp", () => {
    fc.assert(
      fc.property(anyGuard, matchedJobs, someTicks, (guard, matched, ticks) => {
        const { taken } = run({ ...guard, canary: 0 }, matched, ticks, (done) => fate(done));
        const runMs = 1_000 + ticks.slice(1).reduce((sum, ms) => sum + Math.min(ms, 1_000), 0);
        expect(taken).toBeLessThanOrEqual(Math.max(1, Math.ceil(rampTotal(guard, runMs))));
      }),
    );
  });

  it("does nothing beyond the canary until all of it has finished", () => {
    fc.assert(
      fc.property(anyGuard, matchedJobs, someTicks, (guard, matched, ticks) => {
        fc.pre(guard.canary > 0);
        const waiting = { ...guard, canaryWaitMs: 86_400_000 };
        const { taken } = run(waiting, matched, ticks, (done) => fate(done - Math.min(1, done), 0, 1));
        expect(taken).toBeLessThanOrEqual(guard.canary);
      }),
    );
  });

  it("halts when everything fails, before anything but the canary was done", () => {
    fc.assert(
      fc.property(anyGuard, matchedJobs, (guard, matched) => {
        fc.pre(guard.canary > 0 && matched > guard.canary);
        const ticks = new Array(20_000).fill(1_000);
        const { end, taken } = run(guard, matched, ticks, (done) => fate(0, done));
        expect(end).toBe("halt");
        expect(taken).toBeLessThanOrEqual(guard.canary);
      }),
      { numRuns: 30 },
    );
  });

  it("never halts, and ends, when everything succeeds", () => {
    fc.assert(
      fc.property(anyGuard, matchedJobs, (guard, matched) => {
        const ticks = new Array(60_000).fill(1_000);
        expect(run(guard, matched, ticks, (done) => fate(done))).toMatchObject({
          end: "complete",
          taken: matched,
        });
      }),
      { numRuns: 30 },
    );
  });

  it("halts when a failure group that was not there before takes more than its share", () => {
    const guard = { ...defaultGuard("retry", 1_000), canary: 10 };
    const watched = { succeeded: 7, failedAgain: 0, newGroups: [{ fingerprint: "f1", jobs: 3 }], waiting: 0 };
    const progress = { ...fresh(1_000), taken: 10 };
    expect(decideRelease({ guard, progress, sinceTickMs: 200, watched })).toMatchObject({
      kind: "halt",
      halt: { kind: "new-group", fingerprint: "f1" },
    });
    const fewer = { ...watched, succeeded: 8, newGroups: [{ fingerprint: "f1", jobs: 2 }] };
    expect(decideRelease({ guard, progress, sinceTickMs: 200, watched: fewer }).kind).toBe("release");
  });

  it("halts a canary of which nothing is heard, and says what to look at", () => {
    const guard = { ...defaultGuard("retry", 1_000), canaryWaitMs: 60_000 };
    const progress = { ...fresh(1_000), taken: guard.canary, rampMs: 60_000 };
    const watched = fate(0, 0, guard.canary);
    expect(decideRelease({ guard, progress, sinceTickMs: 200, watched })).toMatchObject({
      kind: "halt",
      halt: { kind: "no-answer", because: expect.stringContaining("is their queue paused") },
    });
  });

  it("goes at full pace from the start when there is nothing to watch", () => {
    const guard = defaultGuard("cancel", 5_000);
    expect(decideRelease({ guard, progress: fresh(5_000), sinceTickMs: null, watched: null })).toMatchObject({
      kind: "release",
      count: 1_000,
    });
  });
});

describe("the ramp", () => {
  it("ends when its total says it does, and never goes above its highest rate", () => {
    fc.assert(
      fc.property(anyGuard, fc.integer({ min: 1, max: 100_000 }), (guard, jobs) => {
        const endMs = rampDurationMs(guard, jobs);
        expect(rampTotal(guard, endMs)).toBeCloseTo(jobs, 0);
        expect(rampRate(guard, endMs)).toBeLessThanOrEqual(guard.maxPerSecond);
      }),
    );
  });
});
