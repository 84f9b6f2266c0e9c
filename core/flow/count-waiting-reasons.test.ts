import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LaneFacts } from "../job/waiting-facts.ts";
import { type CountedLine, countWaitingReasons } from "./count-waiting-reasons.ts";

type LaneChange = Partial<Omit<LaneFacts, "queue" | "workers" | "definition">> & {
  queue?: Partial<LaneFacts["queue"]>;
  workers?: Partial<LaneFacts["workers"]>;
  definition?: Partial<LaneFacts["definition"]>;
};

const spent = { limit: { count: 5, perMs: 1_000 }, level: 0, atMs: 1_000 };
const bank = {
  name: "bank",
  state: "open",
  forced: null,
  ratePerSecond: null,
  ...{
    sinceMs: 0,
    untilMs: null,
    forcedBy: null,
    forcedReason: null,
    forcedUntilMs: null,
    cause: null,
    bucket: null,
  },
} as const;

function lane({ queue, workers, definition, ...more }: LaneChange = {}): LaneFacts {
  return {
    nowMs: 1_000,
    definition: {
      ...{ name: "send", paused: false, target: "worker", deferrable: false, maxRunning: null, running: 0 },
      ...definition,
    },
    queue: {
      ...{ name: "mail", pool: "default", paused: false, running: 4 },
      ...{ maxRunning: null, maxRunningPerKey: null, bucket: null },
      ...queue,
    },
    workers: {
      serving: 2,
      slots: 16,
      busy: 4,
      draining: 0,
      ejected: 0,
      others: 0,
      elsewhere: [],
      ...workers,
    },
    dependencies: [],
    deferral: null,
    fallback: null,
    ...more,
  };
}

function line(of: LaneChange, counts: Partial<CountedLine> = {}): CountedLine {
  const none = { rank: 2, available: 0, scheduled: 0, retryable: 0, held: 0, atLeast: false, about: false };
  return { lane: lane(of), ...none, ...counts };
}

const told = (lines: CountedLine[]) =>
  countWaitingReasons(lines).map(({ kind, of, jobs }) => [kind, of, jobs]);

describe("the waiting reasons of a queue", () => {
  it("count every job once, by what binds it", () => {
    const queue = { bucket: spent };
    const lines = [
      line({ queue }, { available: 7, scheduled: 2, retryable: 1 }),
      line({ queue, definition: { name: "other" }, workers: { serving: 0 } }, { available: 3, retryable: 4 }),
    ];
    expect(told(lines)).toEqual([
      ["rate-limit", null, 7],
      ["backoff", null, 5],
      ["no-worker", null, 3],
      ["due-later", null, 2],
    ]);
  });

  it("tell one dependency and one definition from another, and the rate of the queue from theirs", () => {
    const limited = { ...bank, name: "post", state: "closed", ratePerSecond: 5, bucket: spent } as const;
    const lines = [
      line({ dependencies: [bank] }, { available: 5 }),
      line({ dependencies: [limited] }, { available: 4 }),
      line({ queue: { bucket: spent } }, { available: 3 }),
      line({ definition: { name: "other", paused: true } }, { available: 1, scheduled: 1 }),
    ];
    expect(told(lines)).toEqual([
      ["breaker-open", "bank", 5],
      ["rate-limit", "post", 4],
      ["rate-limit", null, 3],
      ["definition-paused", "other", 2],
    ]);
  });

  it("are the same between two tokens: what most in line find counts, not the one that goes next", () => {
    const two = { ...spent, level: 2_000 };
    const probed = { ...bank, state: "half-open", bucket: two } as const;
    const probedLine = (available: number) => line({ dependencies: [probed] }, { available });
    expect(told([probedLine(300)])).toEqual([["breaker-open", "bank", 300]]);
    expect(told([probedLine(1), probedLine(2)])).toEqual([["breaker-open", "bank", 3]]);
    expect(told([probedLine(2)])).toEqual([["in-line", null, 2]]);
    const limitedLine = (available: number) => line({ queue: { bucket: two } }, { available });
    expect(told([limitedLine(3)])).toEqual([["rate-limit", null, 3]]);
    expect(told([limitedLine(2)])).toEqual([["in-line", null, 2]]);
  });

  it("are one when the queue is paused", () => {
    const counts = { available: 7, scheduled: 2, retryable: 1, held: 1 };
    expect(told([line({ queue: { paused: true } }, counts)])).toEqual([["queue-paused", null, 11]]);
  });

  it("count what was set aside for its key, and only bulk of what is kept back", () => {
    const deferral = { sinceMs: 0, untilMs: 9_000, forRank: 0 };
    expect(told([line({}, { held: 3 })])).toEqual([["concurrency-key", null, 3]]);
    const bulk = line({ deferral }, { rank: 4, available: 2 });
    expect(countWaitingReasons([bulk, line({ deferral }, { available: 1 })])).toMatchObject([
      {
        kind: "pressure-deferred",
        jobs: 2,
        priorities: ["bulk"],
        states: ["available"],
        definitions: ["send"],
      },
      { kind: "in-line", jobs: 1 },
    ]);
  });

  it("say how exact they are", () => {
    const exactness = (counts: Partial<CountedLine>) => countWaitingReasons([line({}, counts)])[0]?.exactness;
    expect(exactness({ available: 5 })).toBe("exact");
    expect(exactness({ available: 20_000, atLeast: true, about: true })).toBe("at-least");
    expect(exactness({ scheduled: 30_000, atLeast: true, about: true })).toBe("about");
  });

  it("lose no job and count none twice, whatever holds", () => {
    const few = fc.nat(50);
    const lines = fc.array(
      fc.record({
        queue: fc.record({
          paused: fc.boolean(),
          maxRunning: fc.option(fc.nat(8)),
          bucket: fc.constantFrom(null, spent),
        }),
        serving: fc.nat(1),
        dependencies: fc.subarray([bank]),
        counts: fc.record({ rank: fc.nat(4), available: few, scheduled: few, retryable: few, held: few }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, (parts) => {
        const counted = parts.map(({ queue, serving, dependencies, counts }) =>
          line({ queue, workers: { serving }, dependencies }, counts),
        );
        const sum = countWaitingReasons(counted).reduce((jobs, reason) => jobs + reason.jobs, 0);
        const all = parts.map(({ counts: c }) => c.available + c.scheduled + c.retryable + c.held);
        expect(sum).toBe(all.reduce((jobs, each) => jobs + each, 0));
      }),
    );
  });
});
