import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "#core/random.ts";
import { isHealthy, serviceNames } from "../services/fault-settings.ts";
import { describeFault } from "./describe-fault.ts";
import { type Outage, outageTimes, planOutages } from "./plan-outages.ts";

/** The outages that start within the first `hours`. */
function planned(seed: number, hours = 4): Outage[] {
  const outages: Outage[] = [];
  for (const outage of planOutages(seededRandom(seed))) {
    if (outage.startMs > hours * 3_600_000) return outages;
    outages.push(outage);
  }
  return outages;
}
const endMs = (outage: Outage) => outage.startMs + outage.durationMs;
const forAnySeed = (holds: (outages: Outage[]) => boolean) =>
  fc.assert(fc.property(fc.integer(), (seed) => holds(planned(seed, 2))));

describe("the plan of outages", () => {
  test("the same seed gives the same plan, another seed another one", () => {
    expect(planned(1)).toEqual(planned(1));
    expect(planned(1)).not.toEqual(planned(2));
  });

  test("the first outage comes 45 s after the start", () => {
    forAnySeed((outages) => outages[0]?.startMs === 45_000);
  });

  test("every outage has a fault and lasts 20 to 60 s", () => {
    forAnySeed((outages) =>
      outages.every(
        ({ faults, durationMs }) => !isHealthy(faults) && durationMs >= 20_000 && durationMs <= 60_000,
      ),
    );
  });

  test("they are in the order of their start and begin 2 to 4 minutes apart, joined ones aside", () => {
    forAnySeed((outages) => {
      const gaps = outages.slice(1).map((outage, index) => outage.startMs - (outages[index]?.startMs ?? 0));
      const joins = gaps.filter((gap) => gap <= outageTimes.secondDelayMs.high);
      return (
        gaps.every((gap) => gap > 0 && gap <= 240_000) && (joins.length > 0 || Math.min(...gaps) >= 120_000)
      );
    });
  });

  test("in the first ten minutes no two services are ill at once", () => {
    forAnySeed((outages) => {
      const early = outages.filter(({ startMs }) => startMs < outageTimes.aloneUntilMs);
      return early.every(
        (outage, index) => index === 0 || endMs(early[index - 1] as Outage) <= outage.startMs,
      );
    });
  });

  test("no service has two outages at once", () => {
    forAnySeed((outages) =>
      serviceNames.every((name) => {
        const own = outages.filter(({ service }) => service === name);
        return own.every((outage, index) => index === 0 || endMs(own[index - 1] as Outage) <= outage.startMs);
      }),
    );
  });

  test("over a long time every service gets its share, every kind of fault appears, and some come in pairs", () => {
    const outages = planned(4, 100);
    for (const name of serviceNames) {
      const share = outages.filter(({ service }) => service === name).length / outages.length;
      expect(Math.abs(share - 0.25)).toBeLessThan(0.04);
    }
    const kinds = outages.map(({ service, faults }) =>
      describeFault(service, faults)
        .replace(/[\d.]+/g, "")
        .slice(service.length),
    );
    expect(new Set(kinds).size).toBe(5);
    const main = outages.filter(
      (outage, index) => outage.startMs - (outages[index - 1]?.startMs ?? -1e9) > 15_000,
    );
    const pairShare = (outages.length - main.length) / main.length;
    expect(Math.abs(pairShare - outageTimes.secondChance)).toBeLessThan(0.03);
    const gaps = main.slice(1).map((outage, index) => outage.startMs - (main[index]?.startMs ?? 0));
    const meanGapMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(Math.abs(meanGapMs - 180_000)).toBeLessThan(4_000);
  });
});
