import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideGroupState,
  type FreshFailures,
  type Ignoring,
  type Resolution,
} from "./failure-group-state.ts";

const fresh = fc.record({
  definition: fc.constantFrom("bill", "mail"),
  version: fc.integer({ min: 1, max: 9 }),
  attempts: fc.integer({ min: 1, max: 1_000 }),
  lastStartedAtMs: fc.integer({ min: 0, max: 2_000 }),
});
const facts = { attempts: 10, mostPerMinute: 1, nowMs: 5_000 };
const resolved = (inVersion: Resolution["inVersion"]): Resolution => ({
  state: "resolved",
  atMs: 1_000,
  inVersion,
});
const ignored = (bound: Ignoring["bound"]): Ignoring => ({
  state: "ignored",
  atMs: 1_000,
  attemptsThen: 100,
  bound,
});
const one = (more: Partial<FreshFailures>): FreshFailures[] => [
  { definition: "bill", version: 3, attempts: 1, lastStartedAtMs: 1_001, ...more },
];

describe("a resolved group", () => {
  it("opens exactly when an attempt fails that began after the resolution and is not of a forgiven version", () => {
    fc.assert(
      fc.property(
        fc.array(fresh, { maxLength: 6 }),
        fc.option(fc.record({ definition: fc.constant("bill"), version: fc.integer({ min: 1, max: 9 }) })),
        (all, inVersion) => {
          const decision = decideGroupState({ ...facts, standing: resolved(inVersion), fresh: all });
          const counts = all.some(
            (each) =>
              each.lastStartedAtMs > 1_000 &&
              (inVersion === null || each.definition !== "bill" || each.version >= inVersion.version),
          );
          expect(decision.kind).toBe(counts ? "reopen" : "stay");
        },
      ),
    );
  });

  it("forgives what ran already and what older versions do, and says what brought it back", () => {
    const inThree = resolved({ definition: "bill", version: 3 });
    const decide = (standing: Resolution, more: Partial<FreshFailures>) =>
      decideGroupState({ ...facts, standing, fresh: one(more) });
    expect(decide(inThree, { version: 2, lastStartedAtMs: 9_000 })).toEqual({ kind: "stay" });
    expect(decide(inThree, { version: 4, lastStartedAtMs: 1_000 })).toEqual({ kind: "stay" });
    expect(decide(inThree, { version: 4 })).toEqual({
      kind: "reopen",
      because: "failed in bill version 4; it was resolved in bill version 3",
    });
    expect(decide(inThree, { definition: "mail", version: 1 })).toMatchObject({ kind: "reopen" });
    expect(decide(resolved(null), { version: 1 })).toEqual({
      kind: "reopen",
      because: "failed again in bill version 1 after it was resolved",
    });
  });

  it("never opens for the passing of time alone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000 }), (nowMs) => {
        expect(decideGroupState({ ...facts, nowMs, standing: resolved(null), fresh: [] }).kind).toBe("stay");
      }),
    );
  });
});

describe("an ignored group", () => {
  it("opens by the clock alone when a time bounds it, at that very moment", () => {
    const standing = ignored({ kind: "time", untilMs: 5_000 });
    expect(decideGroupState({ ...facts, standing, fresh: [], nowMs: 4_999 }).kind).toBe("stay");
    expect(decideGroupState({ ...facts, standing, fresh: [], nowMs: 5_000 }).kind).toBe("reopen");
  });

  it("opens with the failure that makes the count full, and with the first minute above the rate", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 1_000 }), (since, more) => {
        const standing = ignored({ kind: "count", more });
        const decision = decideGroupState({ ...facts, standing, fresh: [], attempts: 100 + since });
        expect(decision.kind).toBe(since >= more ? "reopen" : "stay");
      }),
    );
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 200 }), (mostPerMinute, perMinute) => {
        const standing = ignored({ kind: "rate", perMinute });
        const decision = decideGroupState({ ...facts, standing, fresh: [], mostPerMinute });
        expect(decision.kind).toBe(mostPerMinute > perMinute ? "reopen" : "stay");
      }),
    );
  });

  it("stays open once it is: more failures never turn a reopening into a stay", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.record({ kind: fc.constant("count" as const), more: fc.integer({ min: 1, max: 100 }) }),
          fc.record({ kind: fc.constant("rate" as const), perMinute: fc.integer({ min: 1, max: 100 }) }),
        ),
        fc.nat(300),
        fc.nat(300),
        fc.nat(100),
        (bound, attempts, mostPerMinute, later) => {
          const at = (more: number) =>
            decideGroupState({
              ...facts,
              standing: ignored(bound),
              fresh: [],
              attempts: attempts + more,
              mostPerMinute: mostPerMinute + more,
            }).kind;
          if (at(0) === "reopen") expect(at(later)).toBe("reopen");
        },
      ),
    );
  });
});
