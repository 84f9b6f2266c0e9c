import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clearLooks, openHits, openLooks, type Watched, watchAlerts } from "./watch-alerts.ts";

/** Look once at each level in turn; which looks opened and cleared it. */
function lookAt(levels: readonly number[]) {
  let watched: Record<string, Watched> = {};
  const turns: { look: number; kind: "opened" | "cleared" }[] = [];
  levels.forEach((level, look) => {
    const result = watchAlerts(watched, new Map([["k", level]]));
    watched = result.watched;
    if (result.opened.length > 0) turns.push({ look, kind: "opened" });
    if (result.cleared.length > 0) turns.push({ look, kind: "cleared" });
  });
  return { turns, watched };
}
const times = (count: number, level: number) => new Array<number>(count).fill(level);
const levels = fc.array(
  fc.oneof(fc.constantFrom(0, 0.49, 0.5, 0.99, 1, 3), fc.double({ min: 0, max: 2, noNaN: true })),
  {
    maxLength: 200,
  },
);

describe("watching for alerts", () => {
  it("opens with the third of five wrong looks and not before", () => {
    expect(lookAt([1, 0, 1, 0, 1]).turns).toEqual([{ look: 4, kind: "opened" }]);
    expect(lookAt([1, 0, 0, 1, 0, 0, 1, 0, 0, 1]).turns).toEqual([]);
    expect(lookAt(times(50, 0.99)).turns).toEqual([]);
  });

  it("clears after ten looks in a row below half of the bound, and not at just below the bound", () => {
    expect(lookAt([...times(3, 1), ...times(clearLooks, 0.4)]).turns).toEqual([
      { look: 2, kind: "opened" },
      { look: 2 + clearLooks, kind: "cleared" },
    ]);
    expect(lookAt([...times(3, 1), ...times(500, 0.6)]).turns).toEqual([{ look: 2, kind: "opened" }]);
  });

  it("asks what comes back to be calm twice as long before it clears again", () => {
    const once = [...times(3, 1), ...times(clearLooks, 0)];
    const { turns } = lookAt([...once, ...times(3, 1), ...times(2 * clearLooks, 0)]);
    expect(turns.map(({ look }) => look)).toEqual([2, 12, 15, 15 + 2 * clearLooks]);
  });

  it("forgets what has been calm for long, so that memory does not grow", () => {
    expect(lookAt([...times(3, 1), ...times(400, 0)]).watched).toEqual({});
    expect(lookAt([1, ...times(5, 0)]).watched).toEqual({});
    expect(lookAt(times(20, 0.9)).watched).toEqual({});
  });

  it("watches each key by itself, and takes what is not found for calm", () => {
    const first = watchAlerts({}, new Map([["a", 2]]));
    const second = watchAlerts(first.watched, new Map([["b", 2]]));
    expect(second.watched).toMatchObject({ a: { looks: "h-", calm: 1 }, b: { looks: "h", calm: 0 } });
  });
});

describe("no course of things makes an alert flap", () => {
  it("opens and clears in turns, opening only on three wrong looks of five, clearing only after ten calm ones", () => {
    fc.assert(
      fc.property(levels, (course) => {
        const { turns } = lookAt(course);
        turns.forEach(({ look, kind }, index) => {
          expect(kind).toBe(index % 2 === 0 ? "opened" : "cleared");
          if (kind === "opened") {
            const last = course.slice(Math.max(0, look - openLooks + 1), look + 1);
            expect(last.filter((level) => level >= 1).length).toBeGreaterThanOrEqual(openHits);
          } else {
            const last = course.slice(look - clearLooks + 1, look + 1);
            expect(last.length).toBe(clearLooks);
            expect(Math.max(...last)).toBeLessThan(0.5);
          }
        });
      }),
    );
  });

  it("turns at most twice in any ten looks, whatever the noise", () => {
    fc.assert(
      fc.property(levels, (course) => {
        const { turns } = lookAt(course);
        for (const { look } of turns)
          expect(
            turns.filter((each) => each.look >= look && each.look < look + clearLooks).length,
          ).toBeLessThanOrEqual(2);
      }),
    );
  });

  it("stays open through any noise at or above half of the bound", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { maxLength: 100 }), (noise) => {
        expect(lookAt([...times(3, 1), ...noise]).turns).toEqual([{ look: 2, kind: "opened" }]);
      }),
    );
  });

  it("turns ever more seldom on a signal that comes and goes for ever", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30 }), fc.integer({ min: 1, max: 79 }), (on, off) => {
        const course = Array.from({ length: 60 }, () => [...times(on, 1), ...times(off, 0)]).flat();
        const { turns } = lookAt(course);
        expect(turns.length).toBeLessThanOrEqual(1 + 2 * 3);
      }),
    );
  });
});
