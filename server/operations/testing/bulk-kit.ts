import type { BulkAct } from "#core/bulk/bulk-action.ts";
import { findBulk } from "#server/store/bulk/find-bulk.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import type { ClaimedAttempt } from "../attempts/claim-attempts.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { type StartBulk, startBulk } from "../bulk/start-bulk.ts";
import { attemptKit } from "./attempt-kit.ts";
import type { TestEngine, TestWorker } from "./test-engine.ts";

/** What tests of bulk operations do over and over, with a worker and the definitions `work` and `elsewhere`. */
export async function bulkKit(test: TestEngine) {
  const { engine } = test;
  const { completion, failure } = attemptKit(test);
  await test.define("work", {
    retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 1 },
  });
  await test.define("elsewhere", { queue: "other" });
  const worker = await test.worker();
  const by = { reason: "because", actor: "operator:ada" };
  const start = (act: BulkAct, filter: object, more: Partial<StartBulk> = {}) =>
    startBulk(engine, { act, jobs: { kind: "filter", filter }, ...by, ...more });
  async function duty(owner = "1") {
    const epoch = await takeDuty(engine.counters, "bulk", owner, 60_000);
    if (epoch === null) throw new Error("the duty is taken");
    return { name: "bulk", owner, epoch };
  }
  async function operation(id: string) {
    const bulk = await findBulk(engine.pool, id);
    if (!bulk) throw new Error(`no operation ${id}`);
    return bulk;
  }
  async function settle(
    jobs: ClaimedAttempt[],
    outcome: "complete" | "fail",
    code?: string,
    by: TestWorker = worker,
  ) {
    const leases = [...new Set(jobs.map((job) => job.leaseId))];
    if (outcome === "complete") await completeAttempts(engine, by.id, jobs.map(completion), leases);
    else
      await endAttempts(
        engine,
        by.id,
        jobs.map((job) => failure(by, job, code)),
        leases,
      );
  }
  async function deadJobs(count: number, tag: string): Promise<string[]> {
    const ids = await Promise.all(
      Array.from({ length: count }, () => test.submit({ definition: "work", tags: [tag] })),
    );
    for (let left = count; left > 0; ) {
      const claimed = await worker.claim(100);
      await settle(claimed, "fail");
      left -= claimed.length;
    }
    return ids;
  }
  return { worker, by, start, duty, operation, settle, deadJobs };
}
