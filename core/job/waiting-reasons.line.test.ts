import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWaiting, jobStates } from "./job-state.ts";
import { type WaitingChange, waitingFactsOf } from "./testing/waiting-facts-of.ts";
import type { WaitingDependency, WaitingLine } from "./waiting-facts.ts";
import { explainWaiting, findBindingReason, waitingReasonKinds } from "./waiting-reasons.ts";

const _kinds = (change: WaitingChange) => explainWaiting(waitingFactsOf(change)).map(({ kind }) => kind);
const first = (change: WaitingChange) => explainWaiting(waitingFactsOf(change))[0];
const text = (change: WaitingChange) => first(change)?.text;
const _later = { state: "scheduled", runAtMs: 20_000 } as const;
const spent = { limit: { count: 2, perMs: 1_000 }, level: 0, atMs: 9_900 };

describe("the place in line", () => {
  const line = (more: Partial<WaitingLine> = {}, pace: Partial<WaitingLine["pace"]> = {}): WaitingChange => ({
    line: {
      ahead: 1,
      exact: true,
      ...more,
      pace: { of: "class", ahead: 1, exact: true, starts: 30, windowMs: 30_000, ...pace },
    },
  });

  it("is given as exactly as it is known, with when the start is expected and between when", () => {
    expect(text(line())).toBe(
      "in line, 1 job ahead, class normal, start expected in ≈ 1.7 s (526 ms to 4.1 s)",
    );
    expect(text(line({ ahead: 0 }, { starts: 0 }))).toBe(
      "first in line, class normal, start unknown: nothing of its class started in the last 30 s",
    );
    expect(text(line({ ahead: 1_000, exact: false }, { ahead: 1_000, exact: false, of: "lane" }))).toMatch(
      /^in line, ≥ 1000 jobs ahead, class normal, start expected no sooner than in /,
    );
    expect(text({})).toBe("in line, class normal");
  });

  it("says when all slots are taken, and tells no start while something without an end keeps it back", () => {
    expect(text({ ...line({}, { starts: 0 }), workers: { busy: 10 } })).toMatch(
      /^in line, 1 job ahead, class normal, all 10 slots of its workers are taken, start unknown/,
    );
    expect(explainWaiting(waitingFactsOf({ ...line(), workers: { serving: 0 } })).at(-1)).toMatchObject({
      text: "in line, 1 job ahead, class normal",
      untilMs: null,
    });
  });
});

it("gives a job that runs or has ended no reason, and marks exactly the first one of others as binding", () => {
  const states = fc.constantFrom(...jobStates);
  const gates = fc.record({
    state: fc.constantFrom("closed", "open", "half-open", "recovering"),
    forced: fc.constantFrom(null, "open", "closed"),
    ratePerSecond: fc.constantFrom(null, 5),
    bucket: fc.constantFrom(null, spent),
  }) as fc.Arbitrary<Partial<WaitingDependency>>;
  fc.assert(
    fc.property(
      states,
      fc.integer({ min: 0, max: 20_000 }),
      fc.boolean(),
      fc.nat(2),
      fc.option(fc.nat(3)),
      fc.array(gates, { maxLength: 3 }),
      (state, runAtMs, paused, serving, maxRunning, dependencies) => {
        const queue = { paused, maxRunning, running: 2 };
        const about = waitingFactsOf({ job: { state, runAtMs }, queue, workers: { serving }, dependencies });
        const reasons = explainWaiting(about);
        if (!isWaiting(state)) expect(reasons).toEqual([]);
        else if (state !== "pending" && state !== "held") expect(reasons.length).toBeGreaterThan(0);
        reasons.forEach((reason, index) => {
          expect(reason.binding).toBe(index === 0);
          expect(waitingReasonKinds).toContain(reason.kind);
        });
        expect(findBindingReason(about)?.kind).toBe(reasons[0]?.kind);
      },
    ),
  );
});
