import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import type { JobEvent, JobEventKind } from "./job-event.ts";
import {
  canTransition,
  isTerminal,
  type JobState,
  jobStates,
  legalTransitions,
  type Transition,
} from "./job-state.ts";
import { rebuildJob } from "./rebuild-job.ts";

function event(
  kind: JobEventKind,
  from: JobState | null,
  to: JobState,
  data: JobEvent["data"] = {},
  atMs = 0,
): JobEvent {
  return { atMs, kind, from, to, actor: "test", because: [], data };
}

const submitted = event("submitted", null, "available");

/** A legal history of up to `length` events, walked at random through the table. */
function randomHistory(seed: number, length: number): JobEvent[] {
  const random = seededRandom(seed);
  const history: JobEvent[] = [];
  let state: JobState | null = null;
  for (let i = 0; i < length; i += 1) {
    const here: JobState | null = state;
    const open: Transition[] = legalTransitions.filter(({ from }) => from === here);
    const row: Transition | undefined = open[Math.floor(random() * open.length)];
    const kind = row?.by[Math.floor(random() * row.by.length)];
    if (row === undefined || kind === undefined) break;
    history.push(event(kind, row.from, row.to, {}, i));
    state = row.to;
  }
  return history;
}

describe("rebuildJob", () => {
  it("tells a job that failed, was lost, was handed back and completed", () => {
    const job = rebuildJob([
      event("submitted", null, "scheduled", {}, 1),
      event("promoted", "scheduled", "available", {}, 2),
      event("claimed", "available", "running", {}, 3),
      event("failed", "running", "retryable", {}, 4),
      event("promoted", "retryable", "available", {}, 5),
      event("claimed", "available", "running", { attempt: 2 }, 6),
      event("lost", "running", "available", {}, 7),
      event("claimed", "available", "running", {}, 8),
      event("released", "running", "available", {}, 9),
      event("claimed", "available", "running", {}, 10),
      event("checkpointed", "running", "running", {}, 11),
      event("completed", "running", "completed", {}, 12),
      event("late-result", "completed", "completed", {}, 13),
    ]);
    expect(job).toEqual({
      state: "completed",
      attempt: 4,
      failures: 1,
      losses: 1,
      submittedAtMs: 1,
      startedAtMs: 10,
      finishedAtMs: 12,
      cancelRequestedAtMs: null,
      discardedAtMs: null,
    });
  });

  it("starts the failures at 0 and the attempts where they were when an operator retries", () => {
    const dead = [
      submitted,
      event("claimed", "available", "running"),
      event("timed-out", "running", "dead", {}, 5),
      event("discarded", "dead", "dead", {}, 6),
    ];
    expect(rebuildJob(dead)).toMatchObject({ state: "dead", failures: 1, finishedAtMs: 5, discardedAtMs: 6 });
    const again = [...dead, event("retried", "dead", "available"), event("claimed", "available", "running")];
    expect(rebuildJob(again)).toMatchObject({
      failures: 0,
      attempt: 2,
      finishedAtMs: null,
      discardedAtMs: null,
    });
  });

  it("counts no failure for a cancelled attempt or one that the policy does not count", () => {
    const running = [submitted, event("claimed", "available", "running")];
    expect(rebuildJob([...running, event("failed", "running", "cancelled")]).failures).toBe(0);
    expect(
      rebuildJob([...running, event("failed", "running", "retryable", { counted: false })]).failures,
    ).toBe(0);
  });

  it("replays every history the table allows, and any cut of it, to its last state", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, length) => {
        const history = randomHistory(seed, length);
        const job = rebuildJob(history);
        expect(job.state).toBe(history.at(-1)?.to);
        expect(job.attempt).toBe(history.filter(({ kind }) => kind === "claimed").length);
        expect(job.finishedAtMs !== null).toBe(isTerminal(job.state));
        expect(job.failures + job.losses).toBeLessThanOrEqual(job.attempt);
      }),
    );
  });

  it("refuses every change that is not in the table, naming the event's place", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...jobStates), (seed, to) => {
        const history = randomHistory(seed, 12);
        const from = history.at(-1)?.to ?? "available";
        const wrong = event("promoted", from, to);
        if (canTransition(from, to, "promoted")) return;
        expect(() => rebuildJob([...history, wrong])).toThrow(
          `event ${history.length + 1} (promoted, ${from} → ${to}`,
        );
      }),
    );
  });

  it("refuses histories that cannot have happened", () => {
    const running = [submitted, event("claimed", "available", "running", { attempt: 3 })];
    expect(() => rebuildJob([])).toThrow("without events");
    expect(() => rebuildJob([event("claimed", null, "running")])).toThrow("begins with submitted");
    expect(() => rebuildJob([submitted, submitted])).toThrow("event 2");
    expect(() => rebuildJob([submitted, event("claimed", "held", "running")])).toThrow(
      "the state was available",
    );
    expect(() => rebuildJob([submitted, event("discarded", "available", "available")])).toThrow(
      "only a dead job",
    );
    expect(() => rebuildJob([submitted, event("moved", "available", "held")])).toThrow(
      "leaves the state alone",
    );
    expect(() =>
      rebuildJob([
        ...running,
        event("released", "running", "available"),
        event("claimed", "available", "running", { attempt: 3 }),
      ]),
    ).toThrow("attempt 3 does not follow attempt 3");
  });
});
