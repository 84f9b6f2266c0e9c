import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RetentionSettings, retentionSetting } from "#core/settings/retention-setting.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { listKeptDays } from "#server/store/retention/kept-days.ts";
import { listDayPartitions } from "#server/store/retention/list-day-partitions.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { putSetting } from "../settings/put-setting.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { enforceRetention } from "./enforce-retention.ts";

const test = await testEngine();
const { engine } = test;
const kit = attemptKit(test);
await test.define("work");
const keep: RetentionSettings = { ...retentionSetting.standard };
/** Each test has an old day of its own. */
let day = "2025-03-01";

async function setRetention(value: RetentionSettings): Promise<void> {
  const version = (await test.value(
    "select coalesce((select version from signalbox.settings where key = 'retention'), 0)",
  )) as number;
  await putSetting(engine, retentionSetting, { value, expectedVersion: version, actor: "ann", reason: null });
}

/** Run the duty until it has no more to do. */
async function enforce(): Promise<void> {
  const epoch = (await takeDuty(engine.counters, "retention", "1", 60_000)) as string;
  while ((await enforceRetention(engine, { name: "retention", owner: "1", epoch })) === "more");
}

let serial = 0;
/** As if jobs had been submitted on the old day: their ids and all that is theirs are moved there. */
async function moveToOldDay(id: string): Promise<string> {
  await engine.pool.query("select signalbox.ensure_partitions($1::date, 1)", [day]);
  const old = String((BigInt(Date.parse(`${day}T01:00:00Z`) - 1_704_067_200_000) << 22n) + BigInt(++serial));
  for (const [table, column] of [
    ...["jobs", "completed", "ready", "dead", "cancelled"].map((table) => [table, "id"]),
    ...["attempts", "job_events", "amendments"].map((table) => [table, "job_id"]),
  ])
    await engine.pool.query(`update signalbox.${table} set ${column} = $2 where ${column} = $1`, [id, old]);
  return old;
}

async function completed(): Promise<string> {
  const { worker, job } = await kit.claimed("work");
  await completeAttempts(engine, worker.id, [kit.completion(job)], [job.leaseId]);
  return moveToOldDay(job.id);
}

const exists = async (id: string) =>
  (await findJob(engine.pool, id, engine.catalog.current.priority)) !== null;
const daysLeft = async () =>
  (await listDayPartitions(engine.pool)).filter((each) => each.day === day).map(({ table }) => table);

beforeEach(() => {
  day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
});
afterEach(() => setRetention(keep));

describe("retention", () => {
  it("takes nothing until somebody has said what", async () => {
    const id = await completed();
    await enforce();
    expect(await exists(id)).toBe(true);
  });

  it("drops a day whole, keeps what is not completed of it, and says so in the audit trail", async () => {
    const done = await completed();
    const waiting = await moveToOldDay(await test.submit({ definition: "work", payload: { n: 1 } }));
    const cancelled = await test.submit({ definition: "work" });
    await cancelJob(engine, { jobId: cancelled, reason: "because", actor: "ann" });
    const old = await moveToOldDay(cancelled);
    await setRetention({ ...keep, completedDays: 30, attemptsDays: 30, eventsDays: 30 });
    await enforce();
    expect(await daysLeft()).toEqual([]);
    expect(await exists(done)).toBe(false);
    expect((await findJob(engine.pool, waiting, engine.catalog.current.priority))?.job.state).toBe(
      "available",
    );
    expect((await findJob(engine.pool, old, engine.catalog.current.priority))?.job.state).toBe("cancelled");
    expect(await test.value("select count(*)::int from signalbox.job_events where job_id = $1", [old])).toBe(
      1,
    );
    expect(
      await test.value(
        "select (after->>'keptJobs')::int from signalbox.audit_entries where action = 'retention.drop' and object_id = $1",
        [day],
      ),
    ).toBe(2);
  });

  it("lets a job that was kept run to its end, and takes it once that is past its keeping too", async () => {
    const worker = await test.worker();
    const [job] = await worker.claim();
    if (!job) throw new Error("nothing was claimed");
    await completeAttempts(
      engine,
      worker.id,
      [{ ...kit.completion(job), finishedAtMs: engine.clock.nowMs() - 3 * 86_400_000 }],
      [job.leaseId],
    );
    expect((await findJob(engine.pool, job.id, engine.catalog.current.priority))?.job.state).toBe(
      "completed",
    );
    await setRetention({ ...keep, completedDays: 2, attemptsDays: 2, eventsDays: 2 });
    await enforce();
    expect(await exists(job.id)).toBe(false);
  });

  it("drops what stands in the default partition of such a day too", async () => {
    const id = await completed();
    const partition = `signalbox.jobs_${day.replaceAll("-", "")}`;
    await engine.pool.query(`alter table signalbox.jobs detach partition ${partition}`);
    await engine.pool.query(`drop table ${partition}`);
    await engine.pool.query(
      "insert into signalbox.jobs (id, lane, class, definition_version, payload) values ($1, 1, 2, 1, '{}')",
      [id],
    );
    await setRetention({ ...keep, completedDays: 30, attemptsDays: 30, eventsDays: 30 });
    await enforce();
    expect(await exists(id)).toBe(false);
    expect(await daysLeft()).toEqual([]);
  });

  it("drops attempts and events before their jobs where that is said", async () => {
    const id = await completed();
    await setRetention({ ...keep, completedDays: 3_650, attemptsDays: 30, eventsDays: 30 });
    await enforce();
    expect(await exists(id)).toBe(true);
    expect((await daysLeft()).sort()).toEqual(["completed", "jobs"]);
  });

  it("keeps a day while a receipt of one of its jobs holds", async () => {
    const id = await completed();
    const hold = (expiry: string) =>
      engine.pool.query(
        `insert into signalbox.receipts (definition_id, key, job_id, expires_at)
         values (1, 'k', $1, clock_timestamp() + $2::interval)
         on conflict (definition_id, key) do update set expires_at = excluded.expires_at`,
        [id, expiry],
      );
    await hold("1 hour");
    await setRetention({ ...keep, completedDays: 30, attemptsDays: 30, eventsDays: 30 });
    await enforce();
    expect(await exists(id)).toBe(true);
    expect(await listKeptDays(engine.pool)).toMatchObject([{ day, why: "receipts" }]);
    await hold("-1 hour");
    await enforce();
    expect(await exists(id)).toBe(false);
    expect(await listKeptDays(engine.pool)).toEqual([]);
  });

  it("gives way at once to a transaction that reads the tables, and drops the day the next time", async () => {
    const id = await completed();
    await setRetention({ ...keep, completedDays: 30, attemptsDays: 30, eventsDays: 30 });
    const reader = await engine.pool.connect();
    await reader.query("begin");
    await reader.query("select count(*) from signalbox.completed");
    await enforce();
    expect(await exists(id)).toBe(true);
    expect(await listKeptDays(engine.pool)).toMatchObject([{ day, why: "busy" }]);
    await reader.query("rollback");
    reader.release();
    await enforce();
    expect(await exists(id)).toBe(false);
  });

  it("deletes cancelled jobs by when they were cancelled, and leaves the dead until that is asked for", async () => {
    const ids = [
      await test.submit({ definition: "work" }),
      await test.submit({ definition: "work" }),
    ] as const;
    for (const jobId of ids) await cancelJob(engine, { jobId, reason: "because", actor: "ann" });
    await engine.pool.query("update signalbox.cancelled set finished_at_ms = 1 where id = $1", [ids[0]]);
    const { worker, job } = await kit.claimed("work");
    await engine.pool.query("delete from signalbox.leases where worker_id = $1", [worker.id]);
    await engine.pool.query(
      `insert into signalbox.dead (id, finished_at_ms, lane, class, attempt, failures, losses, failure_class, reason)
       values ($1, 1, 1, 2, 1, 1, 0, 'bug', 'x')`,
      [job.id],
    );
    await setRetention({ ...keep, cancelledDays: 1 });
    await enforce();
    expect([await exists(ids[0]), await exists(ids[1]), await exists(job.id)]).toEqual([false, true, true]);
    expect(
      await test.value("select count(*)::int from signalbox.job_events where job_id = $1", [ids[0]]),
    ).toBe(0);
    await setRetention({ ...keep, deadDays: 1 });
    await enforce();
    expect(await exists(job.id)).toBe(false);
  });

  it("is refused when attempts would outlive their jobs, and names the field", async () => {
    await expect(
      setRetention({ ...keep, completedDays: 10, attemptsDays: 11, eventsDays: 10 }),
    ).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/attemptsDays" }],
    });
    await expect(setRetention({ ...keep, cancelledDays: 0.5 })).rejects.toMatchObject({ code: "validation" });
  });

  it("is not written over what somebody else wrote meanwhile", async () => {
    await setRetention({ ...keep, deadDays: 100 });
    await expect(
      putSetting(engine, retentionSetting, { value: keep, expectedVersion: 0, actor: "bob", reason: null }),
    ).rejects.toMatchObject({ code: "version_conflict", errors: [{ path: "/expectedVersion" }] });
  });
});
