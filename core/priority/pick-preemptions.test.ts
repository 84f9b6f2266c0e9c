import fc from "fast-check";
import { expect, test } from "vitest";
import { mostPreemptions, type PreemptCandidate, pickPreemptions } from "./pick-preemptions.ts";
import { defaultPrioritySettings as settings } from "./priority-settings.ts";

const nowMs = 1_000_000_000;
const late = { rank: 0, runAtMs: nowMs - 5_000, waiting: 4 };
const candidate = (jobId: string, more: Partial<PreemptCandidate> = {}): PreemptCandidate => ({
  jobId,
  rank: 4,
  runAtMs: nowMs - 60_000,
  startedAtMs: nowMs - 30_000,
  checkpointAtMs: nowMs - 1_000,
  preemptions: 0,
  ...more,
});
const facts = { nowMs, heads: [late], free: 0, slots: 40, asked: 0, candidates: [candidate("1")], settings };

test("bulk work gives way to critical work that is late and finds no slot", () => {
  const picked = pickPreemptions(facts);
  expect(picked).toMatchObject({ jobIds: ["1"], urgent: "critical", lateMs: 4_000 });
  expect(picked.because).toContain("all 40 slots are taken");
});

test("nobody gives way while a slot is free, or while urgent work is within its budget", () => {
  expect(pickPreemptions({ ...facts, free: 1 }).jobIds).toEqual([]);
  expect(pickPreemptions({ ...facts, heads: [{ ...late, runAtMs: nowMs - 500 }] }).jobIds).toEqual([]);
});

test("who is last in the order of claims goes first, then the freshest checkpoint", () => {
  const candidates = [
    candidate("normal", { rank: 2 }),
    candidate("stale", { checkpointAtMs: nowMs - 20_000 }),
    candidate("fresh"),
  ];
  expect(pickPreemptions({ ...facts, candidates, slots: 20 }).jobIds).toEqual(["fresh", "stale"]);
});

test("never an urgent job, one that has just begun, one that gave way twice, or more than a tenth of the slots", () => {
  const any = fc.record({
    rank: fc.integer({ min: 0, max: 4 }),
    ranMs: fc.integer({ min: 0, max: 100_000 }),
    preemptions: fc.integer({ min: 0, max: 4 }),
    waitedMs: fc.integer({ min: 0, max: 10_000_000 }),
  });
  const input = fc.tuple(
    fc.array(any, { maxLength: 60 }),
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 10 }),
  );
  fc.assert(
    fc.property(input, ([running, slots, waiting, asked]) => {
      const candidates = running.map((each, index) =>
        candidate(String(index), {
          rank: each.rank,
          preemptions: each.preemptions,
          startedAtMs: nowMs - each.ranMs,
          runAtMs: nowMs - each.waitedMs,
        }),
      );
      const heads = waiting === 0 ? [] : [{ ...late, waiting }];
      const { jobIds } = pickPreemptions({ ...facts, heads, slots, asked, candidates });
      for (const id of jobIds) {
        const each = running[Number(id)];
        expect(each?.rank).toBeGreaterThan(1);
        expect(each?.preemptions).toBeLessThan(mostPreemptions);
        expect(each?.ranMs).toBeGreaterThanOrEqual(1_000);
      }
      expect(jobIds.length + asked).toBeLessThanOrEqual(
        Math.max(asked, Math.min(waiting, Math.max(1, Math.floor(slots / 10)))),
      );
    }),
  );
});
