import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { calmLevel, type LevelState, nextLevel, worseLevel } from "./pressure-level.ts";

const budgetMs = 10_000;
const lookMs = 500;

/** The levels seen over a run of waits, a look each half second. */
function run(waits: readonly number[], start: LevelState = calmLevel(0)): LevelState[] {
  const states: LevelState[] = [];
  let state = start;
  for (const [look, waitMs] of waits.entries()) {
    state = nextLevel(state, { nowMs: (look + 1) * lookMs, waitMs, budgetMs });
    states.push(state);
  }
  return states;
}
const looks = (seconds: number, budgets: number) =>
  new Array<number>((seconds * 1_000) / lookMs).fill(budgets * budgetMs);
const lastLevel = (states: readonly LevelState[]) => states.at(-1)?.level;

/** The most reversals of direction within any minute. */
function mostReversals(states: readonly LevelState[]): number {
  const order = ["green", "yellow", "red"];
  const turns: number[] = [];
  let way = 0;
  for (const [look, state] of states.entries()) {
    const step = order.indexOf(state.level) - order.indexOf(states[look - 1]?.level ?? "green");
    if (step === 0) continue;
    if (way !== 0 && Math.sign(step) !== way) turns.push(look * lookMs);
    way = Math.sign(step);
  }
  return Math.max(0, ...turns.map((from) => turns.filter((at) => at >= from && at < from + 60_000).length));
}

describe("the level of a class", () => {
  it("is green below half a budget, yellow from 0.8, and in between what it was", () => {
    expect(lastLevel(run(looks(60, 0.49)))).toBe("green");
    expect(lastLevel(run(looks(1, 0.8)))).toBe("yellow");
    expect(lastLevel(run(looks(60, 0.7)))).toBe("green");
    expect(lastLevel(run([...looks(1, 0.9), ...looks(120, 0.6)]))).toBe("yellow");
  });

  it("is red only after ten seconds at 1.5 budgets without a break", () => {
    expect(lastLevel(run(looks(9.5, 1.5)))).toBe("yellow");
    expect(lastLevel(run(looks(11, 1.5)))).toBe("red");
    expect(lastLevel(run([...looks(9, 2), ...looks(0.5, 1.4), ...looks(9, 2)]))).toBe("yellow");
  });

  it("falls a step at a time, each after ten seconds low, and not within 30 s of the rise", () => {
    const states = run([...looks(12, 2), ...looks(60, 0)]);
    const at = (seconds: number) => states[(seconds * 1_000) / lookMs - 1]?.level;
    expect([at(12), at(40), at(41), at(51), at(52)]).toEqual(["red", "red", "yellow", "green", "green"]);
  });

  it("does not rise again within 30 s of a fall", () => {
    const low = run([...looks(1, 1), ...looks(40, 0)]);
    const fellAtMs = low.at(-1)?.fellAtMs ?? 0;
    const state = low.at(-1) as LevelState;
    expect(state.level).toBe("green");
    const soon = { nowMs: fellAtMs + 29_999, waitMs: budgetMs, budgetMs };
    expect(nextLevel(state, soon).level).toBe("green");
    expect(nextLevel(state, { ...soon, nowMs: fellAtMs + 30_000 }).level).toBe("yellow");
  });

  it("takes an unknown wait as none", () => {
    expect(nextLevel(calmLevel(0), { nowMs: 1, waitMs: null, budgetMs }).level).toBe("green");
  });

  it("reverses at most twice a minute, whatever the waits are", () => {
    const wait = fc.double({ min: 0, max: 4 * budgetMs, noNaN: true });
    fc.assert(
      fc.property(fc.array(wait, { minLength: 240, maxLength: 600 }), (waits) => {
        expect(mostReversals(run(waits))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 200 },
    );
  });

  it("reverses at most twice a minute in steady load over 1,000 seeds, also where red sheds what it can", () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const random = seededRandom(seed);
      // Work comes at 70 to 150 % of what can be done, a part of it sheddable; five minutes of it, in half seconds.
      const load = 0.7 + 0.8 * random();
      const sheddable = random();
      let state = calmLevel(0);
      let waitMs = 0;
      const states: LevelState[] = [];
      for (let look = 1; look <= 600; look++) {
        const noise = 0.5 + random();
        const shed = state.level === "red" ? sheddable : 0;
        waitMs = Math.max(0, waitMs + lookMs * (load * noise * (1 - shed) - 1));
        state = nextLevel(state, { nowMs: look * lookMs, waitMs: waitMs * (0.8 + 0.4 * random()), budgetMs });
        states.push(state);
      }
      expect(mostReversals(states), `seed ${seed}`).toBeLessThanOrEqual(2);
    }
  });
});

describe("worseLevel", () => {
  it("puts black over red over yellow over green", () => {
    expect(worseLevel("green", "yellow")).toBe("yellow");
    expect(worseLevel("black", "red")).toBe("black");
  });
});
