import fc from "fast-check";
import { expect, test } from "vitest";
import type { Served } from "#core/flow/serves-lane.ts";
import { defaultPrioritySettings } from "#core/priority/priority-settings.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { testEngine } from "../testing/test-engine.ts";
import {
  statementsOf,
  type WaitingState,
  type WorkerState,
  waitingStates,
} from "../testing/waiting-state.ts";
import { Claimer } from "./claim-attempts.ts";

const { engine, define, submit } = await testEngine();

await define("other-work");
await define("plain");
await define("calls-mail", { dependencies: ["mail"] });
await define("calls-both", { dependencies: ["mail", "bank"] });
await define("deferrable", { dependencies: ["bank"], deferrable: true });
await define("capped", { maxRunning: 2 });
await define("hook", { target: { kind: "http", url: "https://hooks.example.com/hook" } });

/** Bring the database and this process's caches into a state; the job waits in it. */
async function enter(state: WaitingState): Promise<string> {
  await engine.pool.query(
    "update signalbox.queues set paused = false, rate_limit_count = null, rate_limit_per_ms = null",
  );
  const id = await submit({ definition: state.definition, priority: state.priority });
  await engine.pool.query(statementsOf(state, id, Math.floor(engine.clock.nowMs())).join(";\n"));
  await engine.catalog.reload();
  await engine.flow.check();
  await engine.pressure.check();
  return id;
}

/** What a worker asks for, as the SDK and the dispatcher do; null of one that asks for nothing any more. */
function servedBy({ pool, life, serves, callsTargets }: WorkerState, definition: string): Served | null {
  if (life !== "active") return null;
  if (callsTargets) return { pool: null, definitions: "all", target: "http" };
  return { pool, definitions: serves ? ["other-work", definition] : ["other-work"], target: "worker" };
}

/** Whether one of the live workers, each with a claim for one job, gets the job. */
async function isClaimed({ workers, definition }: WaitingState, id: string): Promise<boolean> {
  for (const [index, worker] of workers.entries()) {
    const served = servedBy(worker, definition);
    if (served === null) continue;
    const claimer = new Claimer(engine);
    const claim = {
      workerId: String(index + 1),
      served,
      leaseMs: 60_000,
      max: 1,
      maxOther: 1,
      leasePerJob: true,
    };
    if ((await claimer.claim(claim)).some((job) => job.id === id)) return true;
  }
  return false;
}

test("a job waits for nothing but its turn exactly when a claim takes it, whatever the state of everything", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(waitingStates, async (state) => {
      const id = await enter(state);
      const detail = await findJob(engine.pool, id, defaultPrioritySettings);
      const unmet = (detail?.waitingReasons ?? []).filter(({ kind }) => kind !== "in-line");
      const taken = await isClaimed(state, id);
      for (const kind of taken ? ["taken"] : unmet.map((reason) => reason.kind))
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      expect({ unmet: unmet.map(({ text }) => text), taken }).toEqual(
        taken ? { unmet: [], taken } : { unmet: expect.arrayContaining([expect.any(String)]), taken },
      );
    }),
    { numRuns: 400, seed: 4 },
  );
  // The states were worth asking: many jobs start, and each reason came up.
  expect(seen.get("taken")).toBeGreaterThan(60);
  for (const kind of [
    ...[
      "queue-paused",
      "definition-paused",
      "due-later",
      "backoff",
      "budget-spent",
      "concurrency-key",
      "no-worker",
    ],
    ...["breaker-open", "cap-reached", "rate-limit", "pressure-deferred"],
  ])
    expect([kind, (seen.get(kind) ?? 0) > 3]).toEqual([kind, true]);
});
