import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findStuck, stuckBounds } from "./find-stuck.ts";

const attempt = (heldMs: number, definition = "send") => ({ jobId: "1", definition, heldMs, progress: null });

describe("findStuck", () => {
  it("calls an attempt stuck when it is held far beyond the usual run of its definition", () => {
    const [stuck] = findStuck([attempt(41_000)], () => 10_000);
    expect(stuck).toMatchObject({ usualMs: 10_000, boundMs: 40_000 });
    expect(findStuck([attempt(39_000)], () => 10_000)).toEqual([]);
  });

  it("never calls an attempt stuck within the first 30 seconds, however quick its definition is", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: stuckBounds.leastMs, noNaN: true }),
        fc.integer({ min: 0 }),
        (held, usual) => {
          expect(findStuck([attempt(held)], () => usual)).toEqual([]);
        },
      ),
    );
  });

  it("waits five minutes for a definition of which nothing is known", () => {
    expect(findStuck([attempt(299_000)], () => null)).toEqual([]);
    expect(findStuck([attempt(301_000)], () => null)).toHaveLength(1);
  });

  it("puts what is furthest beyond its bound first", () => {
    const found = findStuck([attempt(400_000, "slow"), attempt(200_000, "quick")], (name) =>
      name === "slow" ? 90_000 : 1_000,
    );
    expect(found.map((each) => each.definition)).toEqual(["quick", "slow"]);
  });
});
