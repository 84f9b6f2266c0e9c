import fc from "fast-check";
import { expect, it } from "vitest";
import { defaultPrioritySettings } from "../priority/priority-settings.ts";
import { type DemandLine, findDemand } from "./find-demand.ts";

const line = (more: Partial<DemandLine> = {}): DemandLine => ({
  ...{ rank: 2, arrivalsPerSecond: 0, waiting: 0, runMs: 100 },
  ...more,
});
const demand = (...lines: DemandLine[]) => findDemand(lines, defaultPrioritySettings);

it("asks for nothing where nothing comes and nothing waits, whatever is known of it", () => {
  expect(demand()).toEqual({ slots: 0, load: 0, rank: null });
  expect(demand(line({ runMs: null }))).toEqual({ slots: 0, load: 0, rank: null });
});

it("asks for what arrivals keep busy, and one more at least", () => {
  const found = demand(line({ arrivalsPerSecond: 50 }));
  expect(found).toMatchObject({ load: 5, rank: 2 });
  expect(found?.slots).toBe(6);
});

it("asks for more where a class may wait less", () => {
  const slots = (rank: number) => demand(line({ rank, arrivalsPerSecond: 10, runMs: 5_000 }))?.slots ?? 0;
  expect(slots(0)).toBeGreaterThan(slots(1));
  expect(slots(1)).toBeGreaterThan(slots(4));
});

it("asks for what does the work that waits within the budget of its class, a minute at least", () => {
  // 600 s of work: in a minute for what is urgent, in ten for what has ten.
  expect(demand(line({ rank: 0, waiting: 6_000 }))?.slots).toBe(10);
  expect(demand(line({ rank: 3, waiting: 6_000 }))?.slots).toBe(1);
});

it("tells whose budget asks for most", () => {
  const bulk = line({ rank: 4, arrivalsPerSecond: 1 });
  expect(demand(line({ rank: 0, arrivalsPerSecond: 40, runMs: 2_000 }), bulk)?.rank).toBe(0);
});

it("does not guess while nobody knows how long the work takes", () => {
  expect(demand(line({ waiting: 1, runMs: null }), line({ arrivalsPerSecond: 5 }))).toBeNull();
});

it("never asks for less when more comes or waits, nor for fewer slots than arrivals keep busy", () => {
  const lines = fc.array(
    fc.record({
      rank: fc.nat(4),
      arrivalsPerSecond: fc.double({ min: 0, max: 200, noNaN: true }),
      waiting: fc.nat(5_000),
      runMs: fc.double({ min: 1, max: 3_000, noNaN: true }),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(lines, lines, (some, others) => {
      const fewer = demand(...some);
      const more = demand(...some, ...others.map((each) => ({ ...each, arrivalsPerSecond: 0 })));
      expect(fewer?.slots).toBeGreaterThanOrEqual(fewer?.load ?? 0);
      expect(more?.slots).toBeGreaterThanOrEqual(fewer?.slots ?? 0);
    }),
  );
});
