import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { type Ejection, type EjectionFacts, ejectWorkers } from "./eject-workers.ts";

const fleet = (count: number, pool = "default") =>
  Array.from({ length: count }, (_, index) => ({ workerId: `${pool}-${index + 1}`, pool }));
const tally = (workerId: string, failures: number, attempts = 100) => ({
  workerId,
  definition: "send",
  attempts,
  failures,
});
const look = (before: readonly Ejection[], given: Partial<EjectionFacts>) =>
  ejectWorkers(before, {
    nowMs: 0,
    workers: fleet(4),
    tallies: [],
    windowMs: 300_000,
    probed: new Map(),
    random: () => 0,
    ...given,
  });
const broken = [tally("default-1", 60), tally("default-2", 1), tally("default-3", 2), tally("default-4", 0)];
const [ejected] = look([], { tallies: broken }).ejections as [Ejection];
const probing: Ejection = { ...ejected, phase: "probing", sinceMs: 30_000, untilMs: null };

describe("ejectWorkers", () => {
  it("ejects a worker that fails far more than its peers, for 30 s, and says why", () => {
    const { ejections, acts } = look([], { tallies: broken });
    expect(ejections).toEqual([
      { workerId: "default-1", phase: "ejected", sinceMs: 0, untilMs: 30_000, times: 1, definition: "send" },
    ]);
    expect(acts).toMatchObject([
      {
        kind: "worker-ejected",
        workerId: "default-1",
        cause: "60 of its 100 attempts of send failed (60 %; the 3 others: 1 %): it gets no jobs for 30 s",
        figures: { failures: 60, attempts: 100, outMs: 30_000, times: 1 },
      },
    ]);
  });

  it("leaves everybody in when all fail alike, and never takes the only or the second worker of a pool", () => {
    expect(look([], { tallies: [1, 2, 3, 4].map((n) => tally(`default-${n}`, 60)) }).acts).toEqual([]);
    expect(look([], { workers: fleet(2), tallies: broken.slice(0, 2) }).acts).toEqual([]);
  });

  it("probes it when its time is over, one job at a time, and lets it return after three good ones", () => {
    const due = look([ejected], { nowMs: 30_000 });
    expect(due.ejections).toEqual([probing]);
    expect(due.acts.map(({ kind }) => kind)).toEqual(["worker-probed"]);
    const two = new Map([["default-1", { succeeded: 2, failed: 0 }]]);
    expect(look([probing], { nowMs: 31_000, probed: two })).toEqual({ ejections: [probing], acts: [] });
    const three = new Map([["default-1", { succeeded: 3, failed: 0 }]]);
    const back = look([probing], { nowMs: 32_000, probed: three });
    expect(back.ejections).toMatchObject([{ phase: "returned", sinceMs: 32_000, times: 1 }]);
    expect(back.acts.map(({ kind }) => kind)).toEqual(["worker-returned"]);
  });

  it("ejects it for twice as long when a probe fails, 15 min at most", () => {
    const probed = new Map([["default-1", { succeeded: 1, failed: 1 }]]);
    const again = look([probing], { nowMs: 40_000, probed });
    expect(again.ejections).toMatchObject([{ phase: "ejected", untilMs: 100_000, times: 2 }]);
    const old = look([{ ...probing, times: 40 }], { nowMs: 40_000, probed, random: () => 0.999 });
    expect((old.ejections[0]?.untilMs ?? 0) - 40_000).toBeLessThanOrEqual(15 * 60_000 * 1.2);
  });

  it("does not judge a worker by what it did before it returned, and remembers its ejections for an hour", () => {
    const returned: Ejection = { ...probing, phase: "returned", sinceMs: 100_000 };
    expect(look([returned], { nowMs: 399_000, tallies: broken }).acts).toEqual([]);
    expect(look([returned], { nowMs: 400_000, tallies: broken }).ejections).toMatchObject([
      { phase: "ejected", times: 2 },
    ]);
    expect(look([returned], { nowMs: 3_700_000 }).ejections).toEqual([]);
  });

  it("forgets workers that are gone", () => {
    expect(look([ejected], { workers: fleet(4).slice(1), tallies: broken })).toEqual({
      ejections: [],
      acts: [],
    });
  });

  it("lets it return at once when its pool has become too small to do without it", () => {
    const { ejections, acts } = look([ejected], { nowMs: 1_000, workers: fleet(2) });
    expect(ejections).toMatchObject([{ phase: "returned", untilMs: null }]);
    expect(acts.map(({ cause }) => cause)).toEqual([
      "too few others are left in the pool default to do without it: it gets jobs like any other",
    ]);
  });

  it("never holds back more than a third of any pool, whatever fails", () => {
    const shares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(shares, { maxLength: 12 }), shares, fc.integer(), (looks, others, seed) => {
        const random = seededRandom(seed);
        const workers = [...fleet(9), ...fleet(others.length, "other")];
        let state: readonly Ejection[] = [];
        looks.forEach((failures, at) => {
          if (random() < 0.1) workers.shift();
          const tallies = workers.map(({ workerId }, index) =>
            tally(workerId, failures[index % failures.length] ?? 0),
          );
          const probed = new Map(
            workers.map(({ workerId }) => [workerId, { succeeded: random() < 0.5 ? 3 : 0, failed: 0 }]),
          );
          state = look(state, { nowMs: at * 60_000, workers, tallies, probed, random }).ejections;
          for (const pool of ["default", "other"]) {
            const held = state.filter(
              ({ workerId, phase }) => workerId.startsWith(`${pool}-`) && phase !== "returned",
            );
            const size = workers.filter((worker) => worker.pool === pool).length;
            expect(held.length).toBeLessThanOrEqual(Math.floor(size / 3));
          }
        });
      }),
    );
  });
});
