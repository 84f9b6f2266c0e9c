import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { decideScale, type ScaleFacts, type ScaleState } from "./decide-scale.ts";
import { scalingSetting } from "./scaling-setting.ts";

const limits = { minWorkers: 1, maxWorkers: 20, cooldownMs: 300_000 };
const startMs = 1_000_000;

/** Looks of a second each; what is wanted at each of them. */
function run(wanted: (number | null)[], more: Partial<ScaleFacts> = {}, from: ScaleState | null = null) {
  let state = from;
  return wanted.map((slotsWanted, second) => {
    const facts = { nowMs: startMs + second * 1_000, slotsWanted, slotsPerWorker: 10, workers: 2, ...more };
    state = decideScale(state, facts, limits);
    return state;
  });
}
const steady = (slots: number | null, seconds: number) => Array.from({ length: seconds }, () => slots);
const workersOf = (states: ScaleState[]) => states.map(({ workers }) => workers);

describe("the workers that are asked for", () => {
  it("begin as those there are, and are as many as the slots that are wanted need", () => {
    expect(workersOf(run([null, 20, 21, 21]))).toEqual([2, 2, 3, 3]);
  });

  it("are raised at once, and again after half a minute", () => {
    const states = workersOf(run([35, ...steady(90, 35)]));
    expect(states[0]).toBe(4);
    expect(states[29]).toBe(4);
    expect(states[30]).toBe(9);
  });

  it("are lowered when fewer were enough for the whole cool-down, to the most that were needed in it", () => {
    const states = workersOf(run([100, ...steady(10, 100), 40, ...steady(10, 300)]));
    expect(states[300]).toBe(10);
    expect(states[301]).toBe(4);
    const busyAgain = workersOf(run([100, ...steady(10, 299), 100, ...steady(10, 299)]));
    expect(busyAgain.at(-1)).toBe(10);
  });

  it("stay as they are while nobody can tell", () => {
    expect(workersOf(run([60, ...steady(null, 900)])).at(-1)).toBe(6);
  });

  it("keep within the limits, which act at once when they are edited", () => {
    expect(workersOf(run([900])).at(-1)).toBe(20);
    expect(workersOf(run(steady(0, 400))).at(-1)).toBe(1);
    const [state] = run([900]);
    const facts = { nowMs: startMs + 1_000, slotsWanted: 900, slotsPerWorker: 10, workers: 20 };
    expect(decideScale(state ?? null, facts, { ...limits, maxWorkers: 5 }).workers).toBe(5);
  });

  it("turn round at most twice a minute over 1,000 seeds of noisy demand", () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const random = seededRandom(seed);
      const mean = 5 + 100 * random();
      const states = workersOf(run(Array.from({ length: 300 }, () => mean * (0.5 + random()))));
      const steps = states.slice(1).map((workers, at) => Math.sign(workers - (states[at] ?? 0)));
      const turns = steps.filter((step) => step !== 0);
      expect(turns.filter((step, at) => at > 0 && step !== turns[at - 1]).length).toBeLessThanOrEqual(2);
    }
  });

  it("are never outside of the limits, whatever is wanted", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(2_000)), { maxLength: 500 }), fc.nat(50), (wanted, workers) => {
        for (const state of run(wanted, { workers }))
          expect(state.workers >= limits.minWorkers && state.workers <= limits.maxWorkers).toBe(true);
      }),
    );
  });
});

describe("the limits", () => {
  it.each([
    [{ minWorkers: 3, maxWorkers: 2, cooldownMs: 60_000 }, "minWorkers"],
    [{ minWorkers: 0, maxWorkers: 0, cooldownMs: 60_000 }, "maxWorkers"],
    [{ minWorkers: -1, maxWorkers: 2, cooldownMs: 60_000 }, "minWorkers"],
    [{ minWorkers: 1, maxWorkers: 2, cooldownMs: 1_000 }, "cooldownMs"],
  ])("%j are refused with the field", (value, field) => {
    const { error } = scalingSetting.schema.safeParse(value);
    expect(error?.issues.map(({ path }) => path.join("/"))).toEqual([field]);
  });
});
