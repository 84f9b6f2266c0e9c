import { beforeEach, expect, test, vi } from "vitest";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { renewLeases } from "#server/store/leases/renew-leases.ts";
import { testEngine } from "../testing/test-engine.ts";
import { ejectOutliers } from "./eject-outliers.ts";
import { returnWorker } from "./return-worker.ts";

const { engine, define, submit, worker, value } = await testEngine();
await define("work");

beforeEach(async () => {
  vi.restoreAllMocks();
  for (const table of ["ready", "completed", "attempts", "workers", "worker_ejections", "automation_events"])
    await engine.pool.query(`delete from signalbox.${table}`);
});

async function eject(): Promise<number | false> {
  const epoch = (await takeDuty(engine.pool, "ejection", "7", 60_000)) ?? "0";
  return ejectOutliers(engine, { name: "ejection", owner: "7", epoch });
}

/** So many attempts that ended on a worker just now. */
async function ended(workerId: string, succeeded: number, failed: number): Promise<void> {
  for (let i = 0; i < succeeded + failed; i++) await submit({ definition: "work" });
  await engine.pool.query({
    text: `with taken as (delete from signalbox.ready returning id, lane),
      numbered as (select id, lane, row_number() over () as n from taken),
      done as (
        insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt)
        select id, signalbox.now_ms(), signalbox.now_ms(), $1, 1 from numbered where n <= $2)
      insert into signalbox.attempts (job_id, number, outcome, worker_id, lane, started_at_ms, finished_at_ms)
      select id, 1, 'failed', $1, lane, signalbox.now_ms(), signalbox.now_ms() from numbered where n > $2`,
    values: [workerId, succeeded],
  });
}

const ejectionOf = async (workerId: string) =>
  (await renewLeases(engine.pool, workerId, 15_000, { running: 0, loopLagMs: 0, saturation: 0 }, null))
    .ejection;

async function fleet(size: number) {
  const ids: string[] = [];
  for (let i = 0; i < size; i++) ids.push((await worker()).id);
  return ids as [string, string, string];
}

test("a worker that fails far more than its peers is out, hears of it, and the feed says why", async () => {
  const [bad, good, other] = await fleet(3);
  await ended(bad, 5, 25);
  await ended(good, 30, 0);
  await ended(other, 30, 0);
  expect(await eject()).toBe(1);
  expect(await ejectionOf(bad)).toBe("ejected");
  expect(await ejectionOf(good)).toBeNull();
  expect(String(await value("select cause from signalbox.automation_events"))).toContain("25 of its 30");
  expect(await eject()).toBe(0);
});

test("when all fail alike it is not the workers, and nobody is out", async () => {
  const ids = await fleet(3);
  for (const id of ids) await ended(id, 5, 25);
  expect(await eject()).toBe(0);
});

test("it is probed after its time, returns after good jobs, and an operator may return it at once", async () => {
  const [bad, good, other] = await fleet(3);
  await ended(bad, 0, 30);
  await ended(good, 30, 0);
  await ended(other, 30, 0);
  await eject();
  const laterMs = engine.clock.nowMs() + 60_000;
  vi.spyOn(engine.clock, "nowMs").mockReturnValue(laterMs);
  expect(await eject()).toBe(1);
  expect(await ejectionOf(bad)).toBe("probing");
  await engine.pool.query("update signalbox.worker_ejections set since_ms = since_ms - 60000");
  await engine.pool.query("delete from signalbox.attempts");
  await ended(bad, 4, 0);
  expect(await eject()).toBe(1);
  expect(await ejectionOf(bad)).toBeNull();
  await engine.pool.query("update signalbox.worker_ejections set phase = 'ejected'");
  await returnWorker(engine, { workerId: bad, reason: "replaced its disk", actor: "ada" });
  expect(await ejectionOf(bad)).toBeNull();
  await expect(returnWorker(engine, { workerId: bad, reason: null, actor: "ada" })).rejects.toMatchObject({
    code: "invalid_state",
  });
});
