import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "#core/random.ts";
import { decideFault, type FaultDecision } from "./decide-fault.ts";
import { faultSettingsSchema, isHealthy, noFaults } from "./fault-settings.ts";
import { TokenBucket } from "./token-bucket.ts";

function decideMany(faults: Partial<typeof noFaults>, times: number): FaultDecision[] {
  const random = seededRandom(11);
  const settings = { ...noFaults, ...faults };
  return Array.from({ length: times }, () =>
    decideFault({ faults: settings, bucket: null, nowMs: 0, random }),
  );
}

describe("the fate of a call", () => {
  test("a healthy service serves every call without delay", () => {
    for (const fate of decideMany({}, 100)) expect(fate).toEqual({ kind: "serve", delayMs: 0 });
  });

  test("shares are met: 30 % unavailable, 20 % hanging, of which half do the work", () => {
    const fates = decideMany({ error503Share: 0.3, hangShare: 0.2 }, 5_000);
    const share = (is: (fate: FaultDecision) => boolean) => fates.filter(is).length / fates.length;
    expect(share((fate) => fate.kind === "unavailable")).toBeCloseTo(0.3, 1);
    expect(share((fate) => fate.kind === "hang")).toBeCloseTo(0.2, 1);
    expect(share((fate) => fate.kind === "hang" && fate.doesWork)).toBeCloseTo(0.1, 1);
  });

  test("a share of 1 hits every call", () => {
    for (const fate of decideMany({ error503Share: 1 }, 200)) expect(fate.kind).toBe("unavailable");
    for (const fate of decideMany({ hangShare: 1 }, 200)) expect(fate.kind).toBe("hang");
  });

  test("delays lie between the latency and the latency plus jitter, evenly", () => {
    const delays = decideMany({ latencyMs: 100, latencyJitterMs: 60 }, 3_000).map((fate) => fate.delayMs);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    const spread = Math.sqrt(delays.reduce((sum, delay) => sum + (delay - mean) ** 2, 0) / delays.length);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...delays)).toBeLessThan(160);
    expect(Math.abs(mean - 130)).toBeLessThan(2);
    expect(Math.abs(spread - 60 / Math.sqrt(12))).toBeLessThan(1);
  });
});

describe("the token bucket", () => {
  test("over any run of calls it lets through at most the rate times the time, and one second's worth more", () => {
    const gaps = fc.array(fc.double({ min: 0, max: 2_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), gaps, (perSecond, gapsMs) => {
        const bucket = new TokenBucket(perSecond, 0);
        let nowMs = 0;
        let passed = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          if (bucket.take(nowMs) === 0) passed += 1;
        }
        return passed <= Math.max(1, perSecond) + (perSecond * nowMs) / 1_000 + 1e-6;
      }),
    );
  });

  test("a refused call that comes back after the time it was told passes", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), (perSecond) => {
        const bucket = new TokenBucket(perSecond, 0);
        let nowMs = 0;
        let told = 0;
        while (told === 0) told = bucket.take(nowMs);
        nowMs += told + 0.001;
        return bucket.take(nowMs) === 0;
      }),
    );
  });
});

describe("fault settings", () => {
  test("what is left out is no fault", () => {
    expect(isHealthy(faultSettingsSchema.parse({}))).toBe(true);
    expect(isHealthy(faultSettingsSchema.parse({ refuse: true }))).toBe(false);
    expect(isHealthy(faultSettingsSchema.parse({ rate429: { perSecond: 1 } }))).toBe(false);
  });

  test.each([
    [{ error503Share: 1.2 }, "error503Share is at most 1."],
    [{ hangShare: "half" }, "hangShare is a share from 0 to 1."],
    [{ latencyMs: -1 }, "latencyMs is at least 0."],
    [{ rate429: { perSecond: 0 } }, "perSecond is at least 0.1."],
    [{ error503Share: 0.6, hangShare: 0.6 }, "error503Share and hangShare together are at most 1."],
    [{ errorShare: 0.6 }, 'Unrecognized key: "errorShare"'],
  ])("%j is refused: %s", (given, message) => {
    expect(faultSettingsSchema.safeParse(given).error?.issues[0]?.message).toBe(message);
  });
});
