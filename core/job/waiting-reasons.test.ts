import { describe, expect, it } from "vitest";
import { type WaitingChange, waitingFactsOf } from "./testing/waiting-facts-of.ts";
import type { WaitingDependency } from "./waiting-facts.ts";
import { explainWaiting } from "./waiting-reasons.ts";

const kinds = (change: WaitingChange) => explainWaiting(waitingFactsOf(change)).map(({ kind }) => kind);
const first = (change: WaitingChange) => explainWaiting(waitingFactsOf(change))[0];
const text = (change: WaitingChange) => first(change)?.text;
const later = { state: "scheduled", runAtMs: 20_000 } as const;
const spent = { limit: { count: 2, perMs: 1_000 }, level: 0, atMs: 9_900 };

describe("the reasons why a job waits", () => {
  it("name a paused definition, whatever its line, after a paused queue", () => {
    expect(first({ definition: { paused: true } })).toMatchObject({
      kind: "definition-paused",
      action: "resume-definition",
    });
    expect(kinds({ definition: { paused: true } })).toEqual(["definition-paused"]);
    expect(kinds({ definition: { paused: true }, queue: { paused: true } })).toEqual([
      "queue-paused",
      "definition-paused",
    ]);
  });

  it("are due-later for a first run and backoff after a failure, with the time", () => {
    expect(explainWaiting(waitingFactsOf({ job: { ...later, runAtMs: 13_000 } }))).toEqual([
      {
        kind: "due-later",
        binding: true,
        text: "due in 3 s, not before",
        untilMs: 13_000,
        ref: null,
        action: "run-now",
      },
    ]);
    expect(first({ job: { state: "retryable", runAtMs: 18_000, failures: 2 } })).toMatchObject({
      kind: "backoff",
      text: "backing off after failure 2: next attempt in 8 s",
      untilMs: 18_000,
    });
  });

  it("say of a job that is due and not yet in line that the dispatcher has to put it there", () => {
    expect(explainWaiting(waitingFactsOf({ job: { state: "scheduled", runAtMs: 9_000 } }))).toMatchObject([
      { kind: "due-later", text: "due; the dispatcher has yet to put it in line", untilMs: null },
    ]);
    expect(text({ job: { state: "retryable", runAtMs: 9_000, failures: 1 } })).toBe(
      "its backoff after failure 1 is over; the dispatcher has yet to put it in line",
    );
  });

  it("name the retry budget that put a retry off, and how often, instead of a backoff", () => {
    const job = { state: "retryable", runAtMs: 12_000, failures: 1, deferrals: 3 } as const;
    expect(first({ job: { ...job, budget: { kind: "dependency", name: "bank" } } })).toEqual({
      kind: "budget-spent",
      binding: true,
      text: "put off 3 times by the retry budget of bank, without using an attempt: it asks again in 2 s",
      untilMs: 12_000,
      ref: { kind: "dependency", id: "bank" },
      action: "run-now",
    });
    expect(first({ job: { ...job, deferrals: 1 } })).toMatchObject({
      text: "put off once by the retry budget, without using an attempt: it asks again in 2 s",
      ref: null,
    });
  });

  it("say for which class a job is kept back and until when, after what binds it more, and not before it is due", () => {
    const deferral = { sinceMs: 0, untilMs: 610_000, forRank: 1 };
    const bulk = { priority: "bulk" } as const;
    expect(first({ deferral, job: bulk })).toMatchObject({
      kind: "pressure-deferred",
      binding: true,
      text: "kept back while class high misses its wait budget, for 10 min at most; its class goes on with what its floor owes it",
      untilMs: 610_000,
      action: "reprioritise",
    });
    expect(text({ deferral, definition: { deferrable: true } })).toBe(
      "kept back while class high misses its wait budget, for 10 min at most",
    );
    expect(kinds({ deferral })).toEqual(["in-line"]);
    expect(kinds({ deferral, job: bulk, queue: { paused: true } })[0]).toBe("queue-paused");
    expect(kinds({ deferral, job: { ...later, ...bulk } })).toEqual(["due-later"]);
    expect(kinds({ deferral: { ...deferral, untilMs: 10_000 }, job: bulk })).toEqual(["in-line"]);
  });

  it("name the paused queue before everything that ends by itself", () => {
    const paused = { paused: true, running: 2, maxRunning: 2 };
    expect(kinds({ job: later, queue: paused, workers: { serving: 0 } })).toEqual([
      "queue-paused",
      "due-later",
      "no-worker",
      "cap-reached",
    ]);
    expect(kinds({ job: { state: "held" }, queue: { paused: true } })).toEqual(["queue-paused"]);
  });

  it("name a missing worker and a full queue before the place in line", () => {
    expect(kinds({ workers: { serving: 0 }, queue: { running: 3, maxRunning: 3 } })).toEqual([
      "no-worker",
      "cap-reached",
      "in-line",
    ]);
    expect(kinds({ queue: { running: 2, maxRunning: 3 } })).toEqual(["in-line"]);
  });

  it("say of missing workers whether they drain, are in another pool, or serve other work", () => {
    const none = { serving: 0, slots: 0 };
    expect(text({ workers: none })).toBe("no live worker in pool default serves send");
    expect(text({ workers: { ...none, draining: 1 } })).toBe(
      "the only worker in pool default that serves send is draining",
    );
    expect(text({ workers: { ...none, ejected: 1 } })).toBe(
      "the only worker in pool default that serves send is ejected for failing too often",
    );
    expect(text({ workers: { ...none, draining: 3 } })).toBe(
      "all 3 workers in pool default that serve send are draining",
    );
    expect(text({ workers: { ...none, elsewhere: ["eu", "us"] } })).toBe(
      "no live worker in pool default serves send; workers of pool eu, us do",
    );
    expect(text({ workers: { ...none, others: 2 } })).toBe(
      "no live worker in pool default serves send: the 2 there serve other work",
    );
    expect(text({ workers: none, definition: { target: "http" } })).toBe(
      "no live dispatcher calls the HTTP target of send",
    );
  });

  it("name the rate after the cap, with the time of the next token, and not while there is one", () => {
    expect(first({ queue: { bucket: spent } })).toEqual({
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

  it("leave out, of a job that is due later, what ends before then", () => {
    expect(kinds({ job: later, queue: { bucket: spent } })).toEqual(["due-later"]);
    expect(kinds({ job: { ...later, runAtMs: 10_100 }, queue: { bucket: spent } })).toEqual([
      "due-later",
      "rate-limit",
    ]);
  });

  it("tell since when a breaker is open, what failed and when the next probe is, and give no place in line", () => {
    const open = { state: "open", untilMs: 12_000, cause: "the last 5 calls failed in a row: jobs are held" };
    expect(explainWaiting(waitingFactsOf({ dependencies: [open as WaitingDependency] }))).toEqual([
      {
        kind: "breaker-open",
        binding: true,
        text: "the breaker of bank has been open for 6 s, after the last 5 calls failed in a row; next probe in 2 s",
        untilMs: null,
        ref: { kind: "dependency", id: "bank" },
        action: "force-breaker",
      },
    ]);
    expect(text({ dependencies: [{ state: "open", untilMs: 9_000 }] })).toBe(
      "the breaker of bank has been open for 6 s; the next probe is due",
    );
  });

  it("tell who forced a breaker open and why, before the due time; one that is forced closed holds nothing", () => {
    const forced = { forced: "open", forcedBy: "ada", forcedReason: "maintenance" } as const;
    expect(first({ dependencies: [forced], job: later })).toMatchObject({
      kind: "breaker-open",
      text: "the breaker of bank is forced open by ada: maintenance",
      untilMs: null,
    });
    const forATime = { ...forced, forcedUntilMs: 70_000 };
    expect(first({ dependencies: [forATime] })).toMatchObject({
      text: "the breaker of bank is forced open by ada for another 1 min: maintenance",
      untilMs: 70_000,
    });
    expect(kinds({ dependencies: [{ state: "open" }], job: later })).toEqual(["due-later", "breaker-open"]);
    expect(
      kinds({ dependencies: [{ state: "open", forced: "closed", ratePerSecond: 1, bucket: spent }] }),
    ).toEqual(["in-line"]);
  });

  it("tell what a dependency lets through while there is no token", () => {
    const limited = { bucket: spent, ratePerSecond: 12.4 } as const;
    expect(first({ dependencies: [{ ...limited, state: "recovering" }] })).toMatchObject({
      kind: "breaker-open",
      text: "the breaker of bank is recovering: 12 a second are let through, the next in 400 ms",
      untilMs: 10_400,
    });
    expect(first({ dependencies: [{ ...limited, state: "half-open" }] })).toMatchObject({
      kind: "breaker-open",
      text: "the breaker of bank is half-open: single calls try it, and this job waits for what they show",
      untilMs: null,
    });
    expect(first({ dependencies: [{ ...limited, ratePerSecond: 0.5 }] })).toMatchObject({
      kind: "rate-limit",
      text: "starts that need bank are held to 1 in 2 s, the next in 400 ms",
      ref: { kind: "dependency", id: "bank" },
      action: "raise-rate",
    });
    const full = { ...spent, level: 2_000 };
    expect(kinds({ dependencies: [{ ...limited, bucket: full, state: "half-open" }] })).toEqual(["in-line"]);
    // A bucket that is left over from a limit that no longer is counts for nothing.
    expect(kinds({ dependencies: [{ bucket: spent }] })).toEqual(["in-line"]);
  });

  it("name each dependency that holds the job", () => {
    const dependencies = [{ state: "open" as const }, { name: "mail", state: "open" as const }];
    expect(explainWaiting(waitingFactsOf({ dependencies })).map(({ ref }) => ref?.id)).toEqual([
      "bank",
      "mail",
    ]);
  });

  it("name the definition whose cap is reached, beside that of its queue", () => {
    const reasons = explainWaiting(
      waitingFactsOf({ queue: { maxRunning: 5, running: 5 }, definition: { maxRunning: 2, running: 2 } }),
    );
    expect(
      reasons.filter(({ kind }) => kind === "cap-reached").map(({ text, ref }) => [text, ref?.kind]),
    ).toEqual([
      ["queue mail runs 5 jobs and may run 5", "queue"],
      ["definition send runs 2 jobs and may run 2", "definition"],
    ]);
  });

  it("name the key of a job that was set aside", () => {
    const key = { key: "tenant-42", admitted: 2, ahead: 5, exact: true, fair: false };
    const held = { state: "held", hold: { reason: "concurrency-key", untilMs: null, key } } as const;
    expect(first({ job: held, queue: { maxRunningPerKey: 2 } })).toMatchObject({
      kind: "concurrency-key",
      text: "2 of key tenant-42 run or are in line: queue mail lets 2 of a key at once; 5 jobs of it are ahead",
      ref: { kind: "queue", id: "mail" },
      action: "raise-cap",
    });
    const fair = { ...held, hold: { ...held.hold, key: { ...key, admitted: 1, ahead: 0, fair: true } } };
    expect(first({ job: fair })).toMatchObject({
      text: "1 of key tenant-42 runs or is in line; it is the next of the key; queue mail takes its keys by turns",
    });
    expect(kinds({ job: held, queue: { paused: true } })).toEqual(["queue-paused", "concurrency-key"]);
  });
});
