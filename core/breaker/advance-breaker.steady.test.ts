import { expect, it } from "vitest";
import { runSteadyLoad } from "./testing/steady-load.ts";

it("never turns round in 1,000 healthy minutes of 0.5 to 1,000 calls/s with 0 to 5 % of failures", {
  timeout: 60_000,
}, () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const { reversals, acts } = runSteadyLoad(seed);
    expect(reversals).toBe(0);
    expect(acts).toEqual([]);
  }
});
