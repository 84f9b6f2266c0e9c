import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWaiting, jobStates } from "./job-state.ts";
import { explainWaiting, type WaitingFacts, waitingReasonKinds } from "./waiting-reasons.ts";

interface Change {
  job?: Partial<WaitingFacts["job"]>;
  queue?: Partial<WaitingFacts["queue"]>;
  workers?: number;
  ahead?: WaitingFacts["ahead"];
  deferral?: WaitingFacts["deferral"];
}

function facts({ job, queue, workers = 1, ahead = null, deferral = null }: Change = {}): WaitingFacts {
  return {
    nowMs: 10_000,
    job: {
      state: "available",
      definition: "send",
      definitionPaused: false,
      priority: "normal",
      runAtMs: 0,
      failures: 0,
      ...job,
    },
    queue: { name: "mail", paused: false, running: 0, maxRunning: null, bucket: null, ...queue },
    pool: { name: "default", workers },
    deferral,
    ahead,
  };
}

function kinds(change: Change): string[] {
  return explainWaiting(facts(change)).map(({ kind }) => kind);
}

describe("explainWaiting", () => {
  it("says that a paused definition holds its jobs, whatever their line", () => {
    expect(kinds({ job: { definitionPaused: true } })).toEqual(["definition-paused"]);
    expect(kinds({ job: { definitionPaused: true }, queue: { paused: true } })).toEqual([
      "queue-paused",
      "definition-paused",
    ]);
  });

  it("says due-later for a first run and backoff after a failure, with the time", () => {
    expect(explainWaiting(facts({ job: { state: "scheduled", runAtMs: 13_000 } }))).toEqual([
      {
        kind: "due-later",
        binding: true,
        text: "due in 3 s, not before",
        untilMs: 13_000,
        ref: null,
        action: "run-now",
      },
    ]);
    expect(
      explainWaiting(facts({ job: { state: "retryable", runAtMs: 18_000, failures: 2 } }))[0],
    ).toMatchObject({
      kind: "backoff",
      text: "backing off after failure 2: next attempt in 8 s",
      untilMs: 18_000,
    });
  });

  it("says for which class a job is kept back and until when, after what binds it more, and not before it is due", () => {
    const deferral = { untilMs: 610_000, forClass: "high" } as const;
    expect(explainWaiting(facts({ deferral }))[0]).toMatchObject({
      kind: "pressure-deferred",
      binding: true,
      text: "kept back while class high misses its wait budget, for 10 min at most",
      untilMs: 610_000,
    });
    expect(kinds({ deferral, queue: { paused: true } })[0]).toBe("queue-paused");
    expect(kinds({ deferral, job: { state: "scheduled", runAtMs: 20_000 } })).toEqual(["due-later"]);
    expect(kinds({ deferral: { ...deferral, untilMs: 10_000 } })).toEqual(["in-line"]);
  });

  it("names the paused queue before everything that ends by itself", () => {
    const paused = { paused: true, running: 2, maxRunning: 2 };
    expect(kinds({ job: { state: "scheduled", runAtMs: 20_000 }, queue: paused, workers: 0 })).toEqual([
      "queue-paused",
      "due-later",
      "no-worker",
      "cap-reached",
    ]);
    expect(kinds({ job: { state: "held" }, queue: { paused: true } })).toEqual(["queue-paused"]);
  });

  it("names a missing worker and a full queue before the place in line", () => {
    expect(kinds({ workers: 0, queue: { running: 3, maxRunning: 3 } })).toEqual([
      "no-worker",
      "cap-reached",
      "in-line",
    ]);
    expect(kinds({ queue: { running: 2, maxRunning: 3 } })).toEqual(["in-line"]);
  });

  it("names the rate after the cap, with the time of the next token, and not while there is one", () => {
    const spent = { limit: { count: 2, perMs: 1_000 }, level: 0, atMs: 9_900 };
    expect(explainWaiting(facts({ queue: { bucket: spent } }))[0]).toEqual({
      kind: "rate-limit",
      binding: true,
      text: "queue mail may start 2 in 1 s: the next in 400 ms",
      untilMs: 10_400,
      ref: { kind: "queue", id: "mail" },
      action: "raise-rate",
    });
    expect(kinds({ queue: { bucket: spent, running: 3, maxRunning: 3 } })).toEqual([
      "cap-reached",
      "rate-limit",
      "in-line",
    ]);
    expect(kinds({ queue: { bucket: { ...spent, atMs: 9_500 } } })).toEqual(["in-line"]);
  });

  it("gives the place in line as exactly as it is known", () => {
    const text = (ahead: WaitingFacts["ahead"]) => explainWaiting(facts({ ahead }))[0]?.text;
    expect(text({ jobs: 0, exact: true, expectedStartMs: null })).toBe("first in line, class normal");
    expect(text({ jobs: 1, exact: true, expectedStartMs: 12_000 })).toBe(
      "in line, 1 job ahead, class normal, start expected in ≈ 2 s",
    );
    expect(text({ jobs: 500, exact: false, expectedStartMs: null })).toBe(
      "in line, ≥ 500 jobs ahead, class normal",
    );
    expect(text(null)).toBe("in line, class normal");
  });

  it("gives a job that runs or has ended no reason, and marks exactly the first one of others as binding", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...jobStates),
        fc.integer({ min: 0, max: 20_000 }),
        fc.boolean(),
        fc.nat(2),
        fc.option(fc.nat(3)),
        (state, runAtMs, paused, workers, maxRunning) => {
          const reasons = explainWaiting(
            facts({ job: { state, runAtMs }, queue: { paused, maxRunning, running: 2 }, workers }),
          );
          if (!isWaiting(state)) expect(reasons).toEqual([]);
          else if (state !== "pending") expect(reasons.length).toBeGreaterThan(0);
          reasons.forEach((reason, index) => {
            expect(reason.binding).toBe(index === 0);
            expect(waitingReasonKinds).toContain(reason.kind);
          });
        },
      ),
    );
  });
});
