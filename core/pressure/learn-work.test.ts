import { describe, expect, it } from "vitest";
import { type LaneWork, learnWork, perSecond, runMsOf } from "./learn-work.ts";

const look = (running: number, ended: number, submitted = 0) =>
  new Map([[7, { running, ended, submitted: [0, 0, submitted, 0, 0] }]]);

function steady(running: number, ended: number, seconds: number, submitted = 0) {
  let known: ReadonlyMap<number, LaneWork> = new Map();
  for (let second = 0; second < seconds; second++)
    known = learnWork(known, look(running, ended, submitted), 1_000);
  return known;
}

describe("what is learnt of a lane", () => {
  it("is how long a job takes a slot: what runs over what ends", () => {
    expect(runMsOf([steady(10, 100, 60).get(7)])).toBeCloseTo(100, 6);
    expect(runMsOf([steady(10, 0.1, 300).get(7)])).toBeCloseTo(100_000, 3);
  });

  it("is unknown while nothing has ended", () => {
    expect(runMsOf([steady(10, 0, 60).get(7), undefined])).toBeNull();
    expect(runMsOf([])).toBeNull();
  });

  it("follows a service that became ten times slower within half a minute", () => {
    let known: ReadonlyMap<number, LaneWork> = steady(10, 100, 120);
    for (let second = 0; second < 30; second++) known = learnWork(known, look(10, 10), 1_000);
    expect(runMsOf([known.get(7)])).toBeGreaterThan(200);
  });

  it("tells the rate of submits from the first look on", () => {
    for (const seconds of [1, 10, 200]) {
      const lane = steady(1, 1, seconds, 40).get(7) as LaneWork;
      expect(perSecond(lane.submitted[2] ?? 0, lane)).toBeCloseTo(40, 6);
    }
  });

  it("forgets a lane that is no longer there", () => {
    let known: ReadonlyMap<number, LaneWork> = steady(1, 1, 10);
    for (let minute = 0; minute < 30; minute++) known = learnWork(known, new Map(), 60_000);
    expect(known.size).toBe(0);
  });
});
