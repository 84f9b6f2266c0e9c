import { describe, expect, it } from "vitest";
import { defaultGuard } from "#core/bulk/bulk-guard.ts";
import { nextBulkItems } from "#server/store/bulk/bulk-items.ts";
import { bulkKit } from "../testing/bulk-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { runBulk } from "./run-bulk.ts";

const test = await testEngine();
const { engine } = test;
const { start, duty, operation, deadJobs } = await bulkKit(test);

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
