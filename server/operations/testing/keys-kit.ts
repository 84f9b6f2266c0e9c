import { afterEach } from "vitest";
import type { SubmittedJob } from "#core/definition/submit.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import type { ClaimedAttempt } from "../attempts/claim-attempts.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { KeyKeeper } from "../flow/key-keeper.ts";
import { enqueueJobs } from "../jobs/enqueue-jobs.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { attemptKit } from "./attempt-kit.ts";
import type { TestEngine, TestWorker } from "./test-engine.ts";

/**
 * What tests of concurrency keys do over and over, with the definitions `send` in queue `q` and `elsewhere` in queue `other`.
 * After each test no queue limits its keys and nothing waits or runs.
 */
export async function keysKit(test: TestEngine) {
  const { engine } = test;
  const attempts = attemptKit(test);
  const keeper = new KeyKeeper(engine);
  await test.define("send");
  await test.define("elsewhere", { queue: "other" });
  const limit = (body: object, name = "q") => patchQueue(engine, { name, body, actor: "test" });
  afterEach(async () => {
    await limit({ maxRunningPerKey: null, fair: false, keyWeights: null });
    await limit({ maxRunningPerKey: null }, "other");
    const tables = [
      "ready",
      "leases",
      "held",
      "scheduled",
      "key_slots",
      "key_passes",
      "key_lines",
      "workers",
    ];
    await test.value(`truncate ${tables.map((table) => `signalbox.${table}`).join(", ")}`);
  });
  return {
    keeper,
    attempts,
    limit,
    submit: (concurrencyKey: string, more: Partial<SubmittedJob> = {}) =>
      test.submit({ definition: "send", concurrencyKey, ...more }),
    submitMany: (concurrencyKey: string, count: number) =>
      enqueueJobs(
        engine,
        Array.from({ length: count }, () => ({ definition: "send", payload: null, concurrencyKey })),
        { actor: "test" },
      ),
    /** Look until there is nothing more to do, as a dispatcher does. */
    settle: async () => {
      for (let look = 0; look < 200; look++) {
        const answer = await keeper.tick();
        if (answer !== "more" && answer.inMs > 5) return;
      }
      throw new Error("the keeper found more to do, look after look");
    },
    complete: (worker: TestWorker, jobs: ClaimedAttempt[]) =>
      completeAttempts(
        engine,
        worker.id,
        jobs.map(attempts.completion),
        jobs.map((job) => job.leaseId),
      ),
    find: (id: string) => findJob(engine.pool, id, engine.catalog.current.priority),
    stateOf: async (id: string) =>
      (await findJob(engine.pool, id, engine.catalog.current.priority))?.job.state,
    act: (jobId: string) => ({ jobId, actor: "ada", reason: null }),
    count: async (table: string) => Number(await test.value(`select count(*) from signalbox.${table}`)),
  };
}
