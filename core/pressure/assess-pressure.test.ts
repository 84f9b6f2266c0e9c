import { describe, expect, it } from "vitest";
import { scalingSetting } from "../capacity/scaling-setting.ts";
import { defaultPrioritySettings } from "../priority/priority-settings.ts";
import { assessPressure, type PressedLane, type PressureFacts } from "./assess-pressure.ts";
import { findPressureChanges } from "./find-pressure-changes.ts";
import type { LaneWork } from "./learn-work.ts";
import { calmSnapshot, deferralAt, type PressureSnapshot, worstOf } from "./pressure-snapshot.ts";

const startMs = 1_000_000_000;
const lane = (id: number, definition: string, more: Partial<PressedLane> = {}): PressedLane => ({
  ...{ id, definition, queue: `${definition}-queue`, pool: "default", callsTarget: false, isOpen: true },
  ...{ ratePerSecond: null, maxRunning: null, hasThresholds: false },
  ...more,
});
/** Ten slots busy with jobs of 100 ms. */
const busy: LaneWork = { busyMs: 300_000, ended: 3_000, submitted: [0, 0, 0, 0, 0], seenMs: 30_000 };
const facts = (second: number, more: Partial<PressureFacts> = {}): PressureFacts => ({
  nowMs: startMs + second * 1_000,
  countedAtMs: startMs + second * 1_000,
  lanes: [lane(1, "pay"), lane(2, "mail")],
  lines: [],
  groups: [
    {
      pool: "default",
      callsTargets: false,
      definitions: ["pay", "mail"],
      state: "active",
      workers: 1,
      slots: 10,
    },
  ],
  work: new Map([[1, busy]]),
  settings: { ...defaultPrioritySettings, reservedShare: 0 },
  scaling: scalingSetting.standard,
  storage: { level: "ok", findings: [], facts: null },
  deepDepths: new Map(),
  ...more,
});
const line = (id: number, rank: number, available: number, ageMs = 0) => ({
  // Without an age it is always fresh.
  ...{ lane: id, rank, available, held: 0, oldestRunAtMs: ageMs === 0 ? null : startMs - ageMs },
});
function assess(
  seconds: number,
  more: Partial<PressureFacts>,
  start = calmSnapshot,
  from = 0,
): PressureSnapshot {
  let snapshot = start;
  for (let second = from; second <= from + seconds; second++)
    snapshot = assessPressure(snapshot, facts(second, more));
  return snapshot;
}

describe("assessing pressure", () => {
  it("predicts the wait of every class from depths and how fast work ends", () => {
    const { crews } = assess(0, { lines: [line(1, 1, 1_000)] });
    expect(crews).toMatchObject([{ key: "default mail", pool: "default", slots: 10 }]);
    expect(crews[0]?.classes.map(({ waitMs }) => Math.round(waitMs ?? -1))).toEqual([
      0, 10_000, 10_000, 10_000, 10_000,
    ]);
    expect(crews[0]?.classes.map(({ state }) => state.level)).toEqual([
      "green",
      "yellow",
      "green",
      "green",
      "green",
    ]);
  });

  it("keeps bulk back while high misses its budget, and tells of each change once", () => {
    const pressed = { lines: [line(1, 1, 2_000)] };
    const early = assess(9, pressed);
    const red = assess(2, pressed, early, 10);
    expect(red.crews[0]?.classes[1]?.state.level).toBe("red");
    expect(deferralAt(red.crews[0], startMs + 12_000)).toMatchObject({ forRank: 1 });
    const changes = findPressureChanges(early, red);
    expect(changes.map(({ kind }) => kind)).toEqual(["pressure-rose", "work-deferred"]);
    expect(changes[0]?.cause).toBe(
      "Class high went from yellow to red at pool default (mail, pay): a new job would wait ≈ 20 s, and may wait 10 s.",
    );
    expect(findPressureChanges(red, red)).toEqual([]);
    const calm = assess(60, { lines: [] }, red, 13);
    expect(findPressureChanges(red, calm).map(({ kind }) => kind)).toEqual([
      "pressure-fell",
      "deferral-ended",
    ]);
  });

  it("does not take what is paused or behind a shut gate for work that is in the way", () => {
    const lanes = [lane(1, "pay"), lane(2, "mail", { isOpen: false })];
    const { crews } = assess(0, { lanes, lines: [line(2, 1, 100_000)] });
    expect(crews[0]?.classes[1]?.waitMs).toBe(0);
  });

  it("reckons a queue with a rate limit by its rate, and keeps its backlog out of the way of others", () => {
    const lanes = [lane(1, "pay"), lane(2, "mail", { ratePerSecond: 10 })];
    const { crews, queues } = assess(0, { lanes, lines: [line(2, 1, 1_000)] });
    expect(queues["mail-queue"]?.classes?.[1]).toMatchObject({
      waitMs: expect.closeTo(100_000, -2),
      state: { level: "yellow" },
    });
    expect(crews[0]?.classes[1]?.waitMs).toBeLessThan(2);
  });

  it("counts what is held, and takes the deeper of two counts, for queues with thresholds", () => {
    const lanes = [lane(1, "pay", { hasThresholds: true }), lane(2, "mail")];
    const lines = [{ ...line(1, 2, 5, 7_000), held: 3 }];
    const { queues } = assess(0, { lanes, lines });
    expect(queues).toMatchObject({ "pay-queue": { depth: 8, oldestMs: 7_000, classes: null } });
    expect(Object.keys(queues)).toEqual(["pay-queue"]);
    const deep = assess(0, { lanes, lines, deepDepths: new Map([["pay-queue", 90_000]]) });
    expect(deep.queues["pay-queue"]?.depth).toBe(90_000);
  });

  it("goes by the age of the oldest job while nothing is known of how long work takes", () => {
    const { crews } = assess(0, { work: new Map(), lines: [line(1, 1, 50, 9_000)] });
    expect(crews[0]?.classes[1]).toMatchObject({ waitMs: null, state: { level: "yellow" } });
  });

  it("has no pressure where nobody serves: there is nothing to predict", () => {
    expect(assess(20, { groups: [], lines: [line(1, 1, 100_000, 60_000)] }).crews).toEqual([]);
  });

  it("is black for every class while the storage stops, and says so on the feed", () => {
    const storage = {
      level: "stop" as const,
      findings: [
        { limit: "wal" as const, level: "stop" as const, value: 9, bound: 8, sinceMs: 1, holder: null },
      ],
      facts: null,
    };
    const snapshot = assess(0, { storage });
    expect(worstOf(snapshot.crews[0]?.classes ?? [], snapshot.storage.level, 1_000).level).toBe("black");
    expect(findPressureChanges(calmSnapshot, snapshot)).toMatchObject([
      { kind: "storage-guard", objectId: "wal", cause: expect.stringContaining("only critical jobs") },
    ]);
  });
});

describe("worstOf", () => {
  it("takes the worse level and the longer wait of a crew and a queue's own limits", () => {
    const { crews, queues } = assess(0, {
      lanes: [lane(1, "pay"), lane(2, "mail", { ratePerSecond: 10 })],
      lines: [line(2, 1, 1_000)],
    });
    const worst = worstOf([crews[0]?.classes[1], queues["mail-queue"]?.classes?.[1]], "ok", 10_000);
    expect(worst).toMatchObject({ level: "yellow", waitMs: expect.closeTo(100_000, -2) });
    expect(worstOf([undefined], "ok", 10_000)).toMatchObject({ level: "green", waitMs: 0 });
  });
});
