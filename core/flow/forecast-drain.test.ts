import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastDrain } from "./forecast-drain.ts";

const windowMs = 60_000;

describe("a drain forecast", () => {
  it("names an interval around what it expects, the wider the fewer events it has seen", () => {
    const few = forecastDrain({ waiting: 600, inflow: 20, starts: 80, windowMs });
    const many = forecastDrain({ waiting: 60_000, inflow: 2_000, starts: 8_000, windowMs });
    if (few.kind !== "clears" || many.kind !== "clears") throw new Error("both clear");
    expect(few.inMs).toBe(many.inMs);
    expect(few.toMs - few.fromMs).toBeGreaterThan(many.toMs - many.fromMs);
  });

  it("keeps what it expects inside its interval, whatever the counts", () => {
    const count = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(count, count, count, (waiting, inflow, starts) => {
        const forecast = forecastDrain({ waiting, inflow, starts, windowMs });
        if (forecast.kind !== "clears") return;
        expect(forecast.fromMs).toBeLessThan(forecast.inMs);
        expect(forecast.toMs).toBeGreaterThan(forecast.inMs);
        expect(Number.isFinite(forecast.toMs)).toBe(true);
      }),
    );
  });

  it("holds most of the backlogs that drain at random with steady rates", () => {
    // A linear congruential generator: the same draws each time.
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const poisson = (mean: number) => {
      let count = 0;
      for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
      return count;
    };
    let held = 0;
    let forecasts = 0;
    for (let run = 0; run < 200; run++) {
      const seconds = Array.from({ length: 60 }, () => ({ in: poisson(4), out: poisson(6) }));
      const sum = (of: "in" | "out") => seconds.reduce((total, second) => total + second[of], 0);
      const forecast = forecastDrain({ waiting: 500, inflow: sum("in"), starts: sum("out"), windowMs });
      if (forecast.kind !== "clears") continue;
      forecasts++;
      let waiting = 500;
      let tookMs = 0;
      while (waiting > 0) {
        waiting += poisson(4) - poisson(6);
        tookMs += 1_000;
      }
      if (tookMs >= forecast.fromMs && tookMs <= forecast.toMs) held++;
    }
    expect(forecasts).toBeGreaterThan(150);
    expect(held / forecasts).toBeGreaterThan(0.8);
  });
});
