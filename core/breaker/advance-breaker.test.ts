import { describe, expect, it } from "vitest";
import type { TokenBucket } from "../flow/token-bucket.ts";
import { seededRandom } from "../random.ts";
import { breakerSettingsSchema } from "./breaker-settings.ts";
import type { DependencyOutcomes } from "./dependency-outcomes.ts";
import { gateBucket } from "./gate-bucket.ts";
import { BreakerBench } from "./testing/breaker-bench.ts";

type Counts = Partial<DependencyOutcomes>;

const good: Counts = { succeeded: 15, firstStarts: 15, durationMsSum: 300 };
const bad: Counts = { failed: 15, firstStarts: 15, durationMsSum: 45 };
const probeGood: Counts = { succeeded: 1, retryStarts: 1, durationMsSum: 20 };
const probeBad: Counts = { failed: 1, retryStarts: 1, durationMsSum: 3 };

function healthy(seconds = 5): BreakerBench {
  const bench = new BreakerBench();
  bench.ticks(seconds * 10, good);
  return bench;
}

function opened(): BreakerBench {
  const bench = healthy();
  bench.tick(bad);
  return bench;
}

describe("a closed breaker", () => {
  it("lets everything through and learns what is slow", () => {
    const { gate, acts } = healthy().tick(good);
    expect(gate).toEqual({
      state: "closed",
      ratePerSecond: null,
      burst: 1,
      permits: 0,
      untilMs: null,
      slowMs: 500,
    });
    expect(acts).toEqual([]);
  });

  it("opens within one tick of nothing but failures, and says why with its figures", () => {
    const { gate, acts } = healthy().tick(bad);
    expect(gate).toMatchObject({ state: "open", ratePerSecond: 0 });
    expect(acts).toMatchObject([
      {
        kind: "breaker-opened",
        cause: expect.stringMatching(
          /^the last 15 calls failed in a row; of the 750 calls before, 0 % failed/,
        ),
        figures: { inARow: 15, callsBefore: 750, rule: "row", bestPerSecond: 150 },
      },
    ]);
  });

  it("opens for a quiet dependency after five failures in a row, however far apart, and not after four", () => {
    const bench = new BreakerBench();
    for (let failure = 1; failure <= 5; failure += 1) {
      bench.ticks(600);
      const { gate } = bench.tick({ failed: 1, firstStarts: 1, durationMsSum: 3 });
      expect(gate.state).toBe(failure < 5 ? "closed" : "open");
    }
  });

  it("opens when most calls fail though some succeed", () => {
    const bench = healthy();
    const mixed: Counts = { succeeded: 2, failed: 13, firstStarts: 15, durationMsSum: 300 };
    bench.ticks(30, mixed);
    expect(bench.last?.gate.state).not.toBe("closed");
    expect(bench.kinds[0]).toBe("breaker-opened");
    expect(bench.state.rule).toBe("failures");
  });

  it("stays closed while 40 % fail for five minutes: that is not surely above one half", () => {
    const bench = new BreakerBench();
    const random = seededRandom(3);
    for (let tick = 0; tick < 3_000; tick += 1) {
      let failed = 0;
      for (let call = 0; call < 15; call += 1) if (random() < 0.4) failed += 1;
      bench.tick({ succeeded: 15 - failed, failed, firstStarts: 15, durationMsSum: 300 });
    }
    expect(bench.kinds).toEqual([]);
  });

  it("opens when calls hang, before any of them has failed", () => {
    const bench = healthy();
    bench.ticks(5, { inFlight: 10 });
    expect(bench.tick({ overdue: 10, inFlight: 10 }).gate.state).toBe("open");
    expect(bench.last?.acts[0]?.cause).toContain("10 of them still unanswered beyond the slow limit");
  });

  it("opens when most calls are far slower than usual, and learns the new usual from slow probes that succeed", () => {
    const bench = healthy();
    const slow: Counts = { succeeded: 15, slow: 13, overdue: 13, firstStarts: 15, durationMsSum: 30_000 };
    for (let at = 0; at < 50 && bench.state.phase === "closed"; at += 1) bench.tick(slow);
    expect(bench.state.rule).toBe("slow");
    for (let probe = 0; probe < 5; probe += 1) {
      expect(bench.state.phase).not.toBe("recovering");
      if (bench.last?.gate.permits === 0) bench.untilProbe();
      bench.tick({ succeeded: 1, slow: 1, overdue: 1, retryStarts: 1, durationMsSum: 2_000 });
    }
    expect(bench.state.phase).toBe("recovering");
  });

  it("is not moved by refusals: they limit the rate to what was accepted, once, with an act", () => {
    const bench = healthy();
    const refusing: Counts = { succeeded: 15, refused: 5, firstStarts: 20, durationMsSum: 300 };
    const { gate, acts } = bench.tick(refusing);
    expect(gate.state).toBe("closed");
    expect(gate.ratePerSecond).toBeGreaterThan(60);
    expect(gate.ratePerSecond).toBeLessThan(190);
    expect(acts.map(({ kind }) => kind)).toEqual(["rate-lowered"]);
    expect(bench.ticks(5, refusing).acts).toEqual([]);
  });

  it("lifts the limit when it has held nothing back for ten seconds and nothing waits", () => {
    const bench = healthy();
    bench.tick({ succeeded: 15, refused: 5, firstStarts: 20, durationMsSum: 300 });
    bench.ticks(99, { succeeded: 5, firstStarts: 5, durationMsSum: 100 }, { waiting: 0 });
    expect(bench.last?.gate.ratePerSecond).not.toBeNull();
    bench.ticks(3, { succeeded: 5, firstStarts: 5, durationMsSum: 100 }, { waiting: 0 });
    expect(bench.last?.gate.ratePerSecond).toBeNull();
    expect(bench.kinds).toEqual(["rate-lowered", "rate-lifted"]);
  });

  it("keeps an operator's rate limit with its burst, and never goes above it while recovering", () => {
    const limited = breakerSettingsSchema.parse({ rateLimit: { count: 30, perMs: 1_000 } });
    const bench = healthy();
    expect(bench.tick(good, { settings: limited }).gate).toMatchObject({ ratePerSecond: 30, burst: 30 });
    bench.tick(bad);
    bench.untilProbe();
    for (let at = 0; at < 200; at += 1) {
      const { gate } = bench.tick(at === 0 ? probeGood : good, { settings: limited });
      expect(gate.ratePerSecond ?? 0).toBeLessThanOrEqual(30);
    }
    expect(bench.state.phase).toBe("closed");
  });
});

describe("an open breaker", () => {
  it("probes soon, then at gaps in proportion to the outage, a minute apart at most", () => {
    const bench = opened();
    const gaps: number[] = [];
    for (let probe = 0; probe < 150; probe += 1) {
      gaps.push(bench.untilProbe());
      bench.tick(probeBad);
    }
    expect(gaps[0]).toBeLessThanOrEqual(300);
    const outageMs = bench.nowMs - (bench.state.outage?.openedMs ?? 0);
    expect(outageMs).toBeGreaterThan(60_000);
    expect(gaps.at(-1)).toBeGreaterThan(0.015 * outageMs);
    expect(gaps.at(-1)).toBeLessThan(0.025 * outageMs);
    bench.nowMs += 6 * 3_600_000;
    bench.untilProbe();
    bench.tick(probeBad);
    expect(bench.untilProbe()).toBeLessThanOrEqual(63_100);
    expect(bench.kinds).toEqual(["breaker-opened", "breaker-half-open"]);
  });

  it("has never more than one probe to take, however long nobody takes it", () => {
    const bench = opened();
    let bucket: TokenBucket | null = null;
    for (let at = 0; at < 1_000; at += 1) {
      bucket = gateBucket(bench.tick().gate, null, bucket, bench.nowMs);
      if (bucket !== null) expect(bucket.level / bucket.limit.perMs).toBeLessThanOrEqual(1);
    }
    expect(bench.last?.gate.state).toBe("half-open");
  });

  it("grants a probe again whose start nobody told of for 10 s, and goes on from there", () => {
    const bench = opened();
    bench.untilProbe();
    // Taken by a worker that was killed with the dispatcher: no report ever says so.
    const again = bench.untilProbe();
    expect(again).toBeGreaterThan(10_000);
    expect(again).toBeLessThan(10_500);
    bench.tick(probeGood);
    expect(bench.kinds).toContain("breaker-ramp-started");
  });

  it("takes a probe for lost that is not answered within 10 s of its start", () => {
    const bench = opened();
    bench.untilProbe();
    bench.tick({ retryStarts: 1 });
    expect(bench.untilProbe()).toBeGreaterThanOrEqual(10_000);
  });

  it("waits for hanging calls before it sends another after them, and three times as long as they took", () => {
    const bench = healthy();
    bench.tick({ overdue: 10, inFlight: 10 });
    for (let at = 0; at < 15; at += 1) expect(bench.tick().gate.permits).toBe(0);
    bench.tick({ failed: 10, slow: 10, durationMsSum: 20_000 });
    const gapMs = bench.untilProbe();
    expect(gapMs).toBeGreaterThanOrEqual(6_000);
    expect(gapMs).toBeLessThan(6_500);
  });

  it("ramps up from half the known good throughput by doubling with each healthy step, told as a start and an end", () => {
    const bench = opened();
    bench.untilProbe();
    const rates = [bench.tick(probeGood).gate];
    expect(rates[0]).toMatchObject({ state: "recovering", ratePerSecond: 75, burst: 8 });
    while (bench.state.phase === "recovering" && rates.length < 50) rates.push(bench.tick(good).gate);
    expect(rates.map(({ ratePerSecond }) => ratePerSecond)).toContain(150);
    expect(bench.kinds).toEqual([
      "breaker-opened",
      "breaker-half-open",
      "breaker-ramp-started",
      "breaker-closed",
    ]);
  });

  it("stays where it is in the ramp while nothing is answered", () => {
    const bench = opened();
    bench.untilProbe();
    bench.tick(probeGood);
    expect(bench.ticks(50, { inFlight: 40 }).gate).toMatchObject({ state: "recovering", ratePerSecond: 75 });
  });

  it("opens again when the ramp fails, asks for more good probes then, and keeps the age of the outage", () => {
    const bench = opened();
    const openedMs = bench.state.outage?.openedMs;
    bench.untilProbe();
    bench.tick(probeGood);
    expect(bench.tick({ failed: 8, firstStarts: 8, durationMsSum: 24 }).gate.state).toBe("open");
    expect(bench.state.outage).toMatchObject({ needed: 2, openedMs });
    bench.untilProbe();
    bench.tick(probeGood);
    expect(bench.state.phase).not.toBe("recovering");
    if (bench.last?.gate.permits === 0) bench.untilProbe();
    expect(bench.tick(probeGood).gate).toMatchObject({ state: "recovering", ratePerSecond: 37.5 });
  });

  it("does not open again for a few failures among many good answers in the ramp", () => {
    const bench = opened();
    bench.untilProbe();
    bench.tick(probeGood);
    for (let at = 0; at < 20; at += 1)
      bench.tick({ succeeded: 9, failed: 6, firstStarts: 15, durationMsSum: 300 });
    expect(bench.kinds.filter((kind) => kind === "breaker-opened")).toHaveLength(1);
  });
});

describe("a forced breaker", () => {
  it("is open at once and until it is told otherwise, with no probes; then it is probed first", () => {
    const bench = healthy();
    expect(bench.tick(good, { forced: "open" }).gate).toMatchObject({ state: "open", untilMs: null });
    for (let at = 0; at < 100; at += 1)
      expect(bench.tick({}, { forced: "open" }).gate).toMatchObject({ state: "open", permits: 0 });
    expect(bench.tick().gate).toMatchObject({ state: "half-open", permits: 1 });
    expect(bench.tick(probeGood).gate.state).toBe("recovering");
  });

  it("is closed at once and does not open whatever fails; let go, it judges from then on", () => {
    const bench = opened();
    expect(bench.tick(bad, { forced: "closed" }).gate).toMatchObject({
      state: "closed",
      ratePerSecond: null,
    });
    expect(bench.ticks(100, bad, { forced: "closed" }).gate.state).toBe("closed");
    bench.tick();
    expect(bench.state.phase).toBe("closed");
    expect(bench.ticks(2, bad).gate.state).toBe("open");
  });
});
