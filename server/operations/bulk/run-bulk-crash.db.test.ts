import { describe, expect, it } from "vitest";
import type { BulkAct } from "#core/bulk/bulk-action.ts";
import { defaultGuard } from "#core/bulk/bulk-guard.ts";
import { nextBulkItems } from "#server/store/bulk/bulk-items.ts";
import { findBulk } from "#server/store/bulk/find-bulk.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import type { ClaimedAttempt } from "../attempts/claim-attempts.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { type TestWorker, testEngine } from "../testing/test-engine.ts";
import { runBulk } from "./run-bulk.ts";
import { type StartBulk, startBulk } from "./start-bulk.ts";

const test = await testEngine();
const { engine } = test;
const { completion, failure } = attemptKit(test);
await test.define("work", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 1 },
});
await test.define("elsewhere", { queue: "other" });
const worker = await test.worker();

const by = { reason: "because", actor: "operator:ada" };
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
const start = (act: BulkAct, filter: object, more: Partial<StartBulk> = {}) =>
  startBulk(engine, { act, jobs: { kind: "filter", filter }, ...by, ...more });
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
describe("an operation whose dispatcher is lost", () => {
  it("does each job exactly once, whatever moment the dispatcher goes, and obeys no dispatcher that lost the duty", async () => {
    const jobs = 300;
    await deadJobs(jobs, "crash");
    const guard = { ...defaultGuard("retry", jobs), canary: 0, startPerSecond: 50, maxPerSecond: 50 };
    const { operationId } = await start({ action: "retry" }, { tag: "crash", states: ["dead"] }, { guard });
    const lost = await duty("1");
    const stuck =
      "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    for (let round = 0; (await operation(operationId)).state === "running"; round++) {
      await test.value("update signalbox.bulk_operations set ticked_at_ms = ticked_at_ms - 1000");
      const before = await operation(operationId);
      const [held] = await nextBulkItems(engine.pool, operationId, before.taken + ((round * 7) % 50), 1);
      if (round % 2 === 0 && held) {
        // Stop the batch in its middle, at another job each round, and take its connection away there.
        const holder = await engine.claims.connect();
        await holder.query("begin");
        await holder.query("select from signalbox.dead where id = $1 for update", [held.jobId]);
        const cut = expect(runBulk(engine, await duty("1"))).rejects.toThrow();
        let pid: unknown;
        while (!pid) pid = await test.value(stuck);
        await test.value("select pg_terminate_backend($1)", [pid]);
        await cut;
        await holder.query("rollback");
        holder.release();
        expect(await operation(operationId)).toEqual(before);
      }
      await runBulk(engine, await duty("1"));
    }
    expect(await operation(operationId)).toMatchObject({
      state: "completed",
      done: jobs,
      failed: 0,
      skipped: 0,
    });
    const retries = `select count(*)::int from signalbox.job_events where kind = 'retried' and data->>'operationId' = $1`;
    expect(await test.value(retries, [operationId])).toBe(jobs);
    expect(
      await test.value(
        "select count(*)::int from signalbox.ready r join signalbox.jobs j on j.id = r.id where j.tags @> '{crash}'",
      ),
    ).toBe(jobs);

    const { operationId: second } = await start(
      { action: "cancel" },
      { tag: "crash", states: ["available"] },
    );
    await test.value(
      "update signalbox.duties set until = clock_timestamp() - interval '1 s' where name = 'bulk'",
    );
    await duty("2");
    await runBulk(engine, lost);
    expect((await operation(second)).taken).toBe(0);
  });
});
