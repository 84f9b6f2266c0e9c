import { describe, expect, it } from "vitest";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { countFailures } from "../failures/count-failures.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { type Attention, assessAttention } from "./assess-attention.ts";

const test = await testEngine();
const { engine } = test;
const { claimed, failure } = attemptKit(test);
await test.define("charge");
await test.define("report");

const duty = async (name: string) => ({
  name,
  owner: "1",
  epoch: (await takeDuty(engine.pool, name, "1", 60_000)) as string,
});
const [counting, assessing] = [await duty("failures"), await duty("attention")];
const assessed = async () => {
  expect(await assessAttention(engine, assessing)).toBe(true);
  return (await test.value("select body from signalbox.attention")) as Attention;
};
const hold = (jobId: string, ageMs: number) =>
  test.value("update signalbox.leases set claimed_at_ms = signalbox.now_ms() - $2 where $1 = any(ids)", [
    jobId,
    ageMs,
  ]);

describe("assessing what needs a person", () => {
  it("tells of nothing while nothing is wrong", async () => {
    expect(await assessed()).toMatchObject({ incidents: [], stuck: [], moreStuck: false });
  });

  it("tells what fails, in which queue, and what it cost", async () => {
    for (let turn = 0; turn < 6; turn++) {
      const { worker, job } = await claimed("charge");
      await endAttempts(engine, worker.id, [failure(worker, job)], [job.leaseId]);
    }
    await countFailures(engine, counting);
    const { incidents } = await assessed();
    expect(incidents).toMatchObject([{ class: "transient", attempts: 6, queues: [expect.any(String)] }]);
    expect(incidents[0]?.groups[0]?.title).toContain("ECONNRESET");
  });

  it("tells of an attempt held far too long, until it ends", async () => {
    const { job } = await claimed("report");
    await hold(job.id, 60_000);
    expect((await assessed()).stuck).toEqual([]);
    await hold(job.id, 301_000);
    expect((await assessed()).stuck).toMatchObject([
      { jobId: job.id, definition: "report", usualMs: null, workerId: expect.any(String) },
    ]);
    await test.value("update signalbox.leases set fenced = ids where $1 = any(ids)", [job.id]);
    expect((await assessed()).stuck).toEqual([]);
  });

  it("measures by the usual run of the definition where enough runs are known", async () => {
    const { job } = await claimed("report");
    const fifty = `array_fill(0, array[5]) || array[50] || array_fill(0, array[18])`;
    await test.value(
      `insert into signalbox.metrics_1m (at_ms, lane, class, submitted, started, completed, retried, died, cancelled, run_ms)
       values (signalbox.now_ms() / 60000 * 60000 - 60000, $1, 2, 50, 50, 50, 0, 0, 0, ${fifty})`,
      [job.lane],
    );
    await hold(job.id, 31_000);
    const [stuck] = (await assessed()).stuck;
    expect(stuck).toMatchObject({ jobId: job.id, boundMs: 30_000 });
    expect(stuck?.usualMs).toBeLessThanOrEqual(32);
  });

  it("tells how long a job of a paused queue runs, also by what no whole minute holds yet", async () => {
    await test.define("import");
    const { job } = await claimed("import");
    const queue = await test.value(
      "select name from signalbox.queues where id = (select queue_id from signalbox.lanes where id = $1)",
      [job.lane],
    );
    const thirty = "array_fill(0, array[5]) || array[30] || array_fill(0, array[18])";
    await test.value(
      `insert into signalbox.metrics_10s (at_ms, lane, class, submitted, started, completed, retried, died, cancelled, run_ms)
       values (signalbox.now_ms() / 10000 * 10000 - 10000, $1, 2, 30, 30, 30, 0, 0, 0, ${thirty})`,
      [job.lane],
    );
    expect((await assessed()).pausedRuns).toEqual([]);
    await patchQueue(engine, { name: String(queue), body: { paused: true }, actor: "ann" });
    const { pausedRuns } = await assessed();
    expect(pausedRuns).toEqual([{ queue, runMs: expect.any(Number) }]);
    expect(pausedRuns[0]?.runMs).toBeGreaterThan(16);
    expect(pausedRuns[0]?.runMs).toBeLessThan(32);
  });
});
