import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastStart } from "./forecast-start.ts";

const windowMs = 30_000;

describe("when a job in line is likely to start", () => {
  it("is not known while nothing starts", () => {
    expect(forecastStart({ ahead: 0, starts: 0, windowMs })).toBeNull();
  });

  it("is near the line divided by its rate when much was seen, and wide open when little was", () => {
    const much = forecastStart({ ahead: 999, starts: 3_000, windowMs });
    expect(much?.inMs).toBeCloseTo(10_000, -2);
    expect((much?.toMs ?? 0) - (much?.fromMs ?? 0)).toBeLessThan(1_000);
    const little = forecastStart({ ahead: 0, starts: 1, windowMs });
    expect((little?.toMs ?? 0) / (little?.fromMs ?? 1)).toBeGreaterThan(50);
  });

  it("lies within its interval, later the more jobs are ahead, and the narrower the more starts were seen", () => {
    const count = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 100_000 }), (ahead, starts) => {
        const forecast = forecastStart({ ahead, starts, windowMs });
        const longer = forecastStart({ ahead: ahead + 1, starts, windowMs });
        const surer = forecastStart({ ahead, starts: starts * 2, windowMs: windowMs * 2 });
        if (!forecast || !longer || !surer) throw new Error("something started");
        expect(forecast.fromMs).toBeGreaterThan(0);
        expect(forecast.inMs).toBeGreaterThan(forecast.fromMs);
        expect(forecast.toMs).toBeGreaterThan(forecast.inMs);
        expect(longer.inMs).toBeGreaterThan(forecast.inMs);
        expect(surer.toMs / surer.fromMs).toBeLessThan(forecast.toMs / forecast.fromMs);
      }),
    );
  });

  it("holds the starts of eight of ten lines whose rate nobody knows but by counting", () => {
    // A linear congruential generator: the same draws each time.
    let seed = 11;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (seed + 1) / 2_147_483_649;
    };
    const waitMs = (starts: number, perSecond: number) => {
      let ms = 0;
      for (let n = 0; n < starts; n++) ms -= (Math.log(random()) * 1_000) / perSecond;
      return ms;
    };
    let held = 0;
    const runs = 2_000;
    for (let run = 0; run < runs; run++) {
      const perSecond = 0.2 + 4 * random();
      const ahead = Math.floor(30 * random());
      let starts = 0;
      for (let atMs = waitMs(1, perSecond); atMs < windowMs; atMs += waitMs(1, perSecond)) starts++;
      const forecast = forecastStart({ ahead, starts, windowMs });
      if (forecast === null) continue;
      const took = waitMs(ahead + 1, perSecond);
      if (took >= forecast.fromMs && took <= forecast.toMs) held++;
    }
    expect(held / runs).toBeGreaterThan(0.76);
    expect(held / runs).toBeLessThan(0.84);
  });
});
