import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Bulkhead } from "./bulkhead.ts";

/** A bulkhead that has seen 40 calls of 35 ms, the last of which ended at 1,400 ms. */
function warm(slots = 40): Bulkhead {
  const bulkhead = new Bulkhead(slots);
  for (let n = 0; n < 40; n++) {
    bulkhead.started(`warm ${n}`, n * 35);
    bulkhead.ended(`warm ${n}`, "completed", n * 35 + 35, null);
  }
  return bulkhead;
}

/** Start as many as may start now; returns their ids. */
function startAll(bulkhead: Bulkhead, nowMs: number): string[] {
  const ids: string[] = [];
  while (bulkhead.admits(nowMs) && ids.length < 1_000) {
    const id = `${nowMs} ${ids.length}`;
    bulkhead.started(id, nowMs);
    ids.push(id);
  }
  return ids;
}

describe("a bulkhead", () => {
  it("lets a dependency that hangs hold no more than its limit, and lose no 30 slot-seconds in 20 s", () => {
    const bulkhead = warm();
    const timeoutMs = 2_000;
    let inFlight: { id: string; sinceMs: number }[] = [];
    let lostMs = 0;
    let most = 0;
    for (let nowMs = 1_400; nowMs < 21_400; nowMs += 10) {
      for (const { id, sinceMs } of inFlight)
        if (nowMs - sinceMs >= timeoutMs) {
          bulkhead.ended(id, "failed", nowMs, null);
          lostMs += timeoutMs;
        }
      inFlight = inFlight.filter(({ sinceMs }) => nowMs - sinceMs < timeoutMs);
      if (nowMs % 100 === 0) bulkhead.overdue(nowMs, null);
      inFlight.push(...startAll(bulkhead, nowMs).map((id) => ({ id, sinceMs: nowMs })));
      most = Math.max(most, inFlight.length);
    }
    expect(most).toBeLessThanOrEqual(10);
    expect(lostMs / 1_000).toBeLessThanOrEqual(30);
    expect(bulkhead.limit).toBe(10);
  });

  it("reports a call as overdue once, while it still runs", () => {
    const bulkhead = warm();
    bulkhead.started("a", 2_000);
    bulkhead.started("b", 2_100);
    expect(bulkhead.overdue(2_250, null)).toEqual([]);
    expect(bulkhead.overdue(2_300, null)).toEqual(["a"]);
    expect(bulkhead.overdue(2_400, null)).toEqual(["b"]);
    expect(bulkhead.overdue(5_000, null)).toEqual([]);
  });

  it("calls nothing overdue of which it does not know how long it takes, unless it is told", () => {
    const bulkhead = new Bulkhead(10);
    bulkhead.started("a", 0);
    expect(bulkhead.overdue(60_000, null)).toEqual([]);
    expect(bulkhead.isSilent).toBe(false);
    expect(bulkhead.overdue(60_000, 30_000)).toEqual(["a"]);
    expect(bulkhead.isSilent).toBe(true);
  });

  it("starts no more once the oldest call is overdue and nothing was answered since it began", () => {
    const bulkhead = warm();
    bulkhead.started("a", 2_000);
    expect(bulkhead.admits(2_250)).toBe(true);
    bulkhead.overdue(2_300, null);
    expect(bulkhead.admits(2_300)).toBe(false);
  });

  it("goes by its own calls for that, however late somebody else would call them slow", () => {
    const bulkhead = warm();
    bulkhead.started("a", 2_000);
    expect(bulkhead.overdue(2_300, 17_000)).toEqual([]);
    expect(bulkhead.admits(2_300)).toBe(false);
    bulkhead.ended("a", "failed", 4_000, 17_000);
    expect(bulkhead.isSilent).toBe(true);
  });

  it("stays open while one call hangs and others are answered", () => {
    const bulkhead = warm();
    bulkhead.started("hangs", 2_000);
    bulkhead.started("quick", 2_010);
    bulkhead.ended("quick", "completed", 2_050, null);
    expect(bulkhead.overdue(2_600, null)).toEqual(["hangs"]);
    expect(bulkhead.admits(2_600)).toBe(true);
  });

  it("tries one call at a time while nothing answers, each after a silence twice as long", () => {
    const bulkhead = warm();
    bulkhead.started("a", 2_000);
    bulkhead.overdue(2_300, null);
    const trials: number[] = [];
    for (let nowMs = 2_300; nowMs < 20_000; nowMs += 100) {
      const [trial, ...more] = startAll(bulkhead, nowMs);
      expect(more).toEqual([]);
      if (trial === undefined) continue;
      trials.push(nowMs - 2_300);
      bulkhead.ended(trial, "timed-out", nowMs + 90, null);
    }
    expect(trials).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  });

  it("opens again with the first answer, were it an error, but not with one that took as long as a hang", () => {
    for (const [how, durationMs, isOpen] of [
      ["completed", 900, true],
      ["failed", 20, true],
      ["failed", 2_000, false],
      ["timed-out", 100, false],
      ["given-up", 20, false],
    ] as const) {
      const bulkhead = warm();
      bulkhead.started("a", 2_000);
      bulkhead.overdue(2_300, null);
      bulkhead.started("trial", 3_400);
      bulkhead.ended("trial", how, 3_400 + durationMs, null);
      expect(bulkhead.isSilent, `${how} after ${durationMs} ms`).toBe(!isOpen);
    }
  });

  it("trusts a dependency again when it is told so, whatever still hangs from before", () => {
    const bulkhead = warm();
    bulkhead.started("a", 2_000);
    bulkhead.overdue(2_300, null);
    bulkhead.trust(2_400);
    bulkhead.overdue(2_500, null);
    expect(bulkhead.admits(2_500)).toBe(true);
  });

  it("says how many could start within a span: what fits now and what will have ended", () => {
    const bulkhead = warm();
    expect(bulkhead.roomWithin(0)).toBe(10);
    expect(bulkhead.roomWithin(350)).toBe(110);
    bulkhead.started("a", 2_000);
    bulkhead.overdue(2_300, null);
    expect(bulkhead.roomWithin(350)).toBe(1);
  });

  it("holds what started and has not ended, never more than its limit and never more than its slots", () => {
    const act = fc.record({
      kind: fc.constantFrom("start", "completed", "failed", "timed-out", "given-up", "sweep", "trust"),
      pick: fc.nat(100),
      afterMs: fc.nat(3_000),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(act, { maxLength: 300 }), (slots, acts) => {
        const bulkhead = new Bulkhead(slots);
        const open = new Set<string>();
        let nowMs = 0;
        for (const [n, { kind, pick, afterMs }] of acts.entries()) {
          nowMs += afterMs;
          const one = [...open][pick % Math.max(1, open.size)];
          if (kind === "start") {
            for (let more = 0; more <= pick && bulkhead.admits(nowMs); more++) {
              open.add(`${n} ${more}`);
              bulkhead.started(`${n} ${more}`, nowMs);
            }
            expect(bulkhead.inFlight).toBeLessThanOrEqual(Math.max(bulkhead.limit, open.size));
          } else if (kind === "sweep") bulkhead.overdue(nowMs, pick * 10);
          else if (kind === "trust") bulkhead.trust(nowMs);
          else if (one !== undefined) {
            open.delete(one);
            bulkhead.ended(one, kind as "completed", nowMs, null);
          }
          expect(bulkhead.inFlight).toBe(open.size);
          expect(bulkhead.limit).toBeLessThanOrEqual(slots);
          if (bulkhead.inFlight >= bulkhead.limit) expect(bulkhead.admits(nowMs)).toBe(false);
        }
      }),
    );
  });
});
