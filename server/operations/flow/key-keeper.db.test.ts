import { describe, expect, it } from "vitest";
import { inTransaction } from "#db/transaction.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { enqueueJobs } from "../jobs/enqueue-jobs.ts";
import { promoteDueJobs } from "../jobs/promote-due-jobs.ts";
import { reapLeases } from "../leases/reap-leases.ts";
import { keysKit } from "../testing/keys-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { KeyKeeper } from "./key-keeper.ts";

const test = await testEngine();
const { engine } = test;
const { attempts, keeper, limit, submit, submitMany, settle, complete, stateOf, count } = await keysKit(test);

describe("a queue with a cap per key", () => {
  it("admits as many jobs of a key as the cap, in their order, and the next when one has ended", async () => {
    await limit({ maxRunningPerKey: 2 });
    const ids: string[] = [];
    for (let job = 0; job < 4; job++) ids.push(await submit("a"));
    const other = await submit("b");
    const free = await test.submit({ definition: "send" });
    await settle();
    const worker = await test.worker();
    const first = await worker.claim(10);
    expect(first.map(({ id }) => id).sort()).toEqual([ids[0], ids[1], other, free].sort());
    expect(await worker.claim(10)).toEqual([]);
    await complete(
      worker,
      first.filter(({ id }) => id === ids[0]),
    );
    await settle();
    expect((await worker.claim(10)).map(({ id }) => id)).toEqual([ids[2]]);
  });

  it("takes the more urgent of a key first", async () => {
    await limit({ maxRunningPerKey: 1 });
    await submit("a", { priority: "bulk" });
    const urgent = await submit("a", { priority: "critical" });
    await settle();
    const worker = await test.worker();
    expect((await worker.claim(5)).map(({ id }) => id)).toEqual([urgent]);
  });

  it("is never passed by submits, claims and dispatchers that race, and runs every job once", async () => {
    await limit({ maxRunningPerKey: 2 });
    const keepers = [keeper, new KeyKeeper(engine), new KeyKeeper(engine)];
    const workers = await Promise.all(Array.from({ length: 4 }, () => test.worker()));
    const total = 120;
    let left = total;
    const done = new Set<string>();
    let most = 0;
    const keysRunning = `select coalesce(max(n), 0) from (select count(*) as n from signalbox.leases l, unnest(l.ids) u(id)
      join signalbox.jobs j on j.id = u.id where not exists (select from signalbox.completed c where c.id = u.id) group by j.concurrency_key) k`;
    const submits = Array.from({ length: total / 10 }, async (_, batch) => {
      for (let job = 0; job < 10; job++) await submit(`k${(batch + job) % 3}`);
    });
    await Promise.all([
      ...submits,
      ...keepers.map(async (each) => {
        while (left > 0) await each.tick();
      }),
      ...workers.map(async (worker) => {
        while (left > 0) {
          const jobs = await worker.claim(3);
          most = Math.max(most, Number(await test.value(keysRunning)));
          await complete(worker, jobs);
          for (const { id } of jobs) done.add(id);
          left -= jobs.length;
        }
      }),
    ]);
    expect(most).toBeLessThanOrEqual(2);
    expect(done.size).toBe(total);
    await settle();
    expect([await count("held"), await count("key_slots"), await count("ready")]).toEqual([0, 0, 0]);
  });

  it("acts on what is in line and running already when it is set", async () => {
    for (let job = 0; job < 6; job++) await submit("a");
    const worker = await test.worker();
    const running = await worker.claim(2);
    await limit({ maxRunningPerKey: 3 });
    await settle();
    expect(await worker.claim(10)).toHaveLength(1);
    expect(await count("held")).toBe(3);
    await complete(worker, running);
    await settle();
    expect(await worker.claim(10)).toHaveLength(2);
  });

  it("lets more in when raised, fewer when lowered, and all when cleared", async () => {
    await limit({ maxRunningPerKey: 1 });
    await submitMany("a", 10);
    await settle();
    expect(await count("ready")).toBe(1);
    await limit({ maxRunningPerKey: 4 });
    await settle();
    expect(await count("ready")).toBe(4);
    await limit({ maxRunningPerKey: 2 });
    const worker = await test.worker();
    await complete(worker, await worker.claim(3));
    await settle();
    expect(await count("ready")).toBe(2);
    await limit({ maxRunningPerKey: null });
    await settle();
    expect([await count("ready"), await count("held"), await count("key_slots")]).toEqual([7, 0, 0]);
  });

  it("holds a job that was submitted for later when it falls due", async () => {
    await limit({ maxRunningPerKey: 1 });
    const nowMs = Number(await test.value("select signalbox.now_ms()"));
    const first = await submit("a");
    const later = await submit("a", { runAtMs: nowMs + 60_000 });
    await settle();
    await test.value("update signalbox.scheduled set run_at_ms = 1");
    await promoteDueJobs(engine, 100);
    expect(await stateOf(later)).toBe("held");
    expect(await stateOf(first)).toBe("available");
    const worker = await test.worker();
    await complete(worker, await worker.claim(5));
    await settle();
    expect(await stateOf(later)).toBe("available");
  });

  it("gives the place of a job that backs off to the next of the key, and admits it again in its turn", async () => {
    await limit({ maxRunningPerKey: 1 });
    const failing = await submit("a");
    const next = await submit("a");
    await settle();
    const worker = await test.worker();
    const [job] = await worker.claim(1);
    if (job === undefined) throw new Error("nothing was claimed");
    await endAttempts(engine, worker.id, [attempts.failure(worker, job)], [job.leaseId]);
    expect(await stateOf(failing)).toBe("retryable");
    await settle();
    expect(await stateOf(next)).toBe("available");
    await test.value("update signalbox.scheduled set run_at_ms = 1");
    await promoteDueJobs(engine, 100);
    await settle();
    expect(await stateOf(failing)).toBe("held");
    await complete(worker, await worker.claim(5));
    await settle();
    expect((await worker.claim(5)).map(({ id, attempt }) => [id, attempt])).toEqual([[failing, 2]]);
  });

  it("keeps the place of a job whose worker was lost, and runs it again", async () => {
    await limit({ maxRunningPerKey: 1 });
    const lost = await submit("a");
    await submit("a");
    await settle();
    const worker = await test.worker();
    const [job] = await worker.claim(1);
    if (job === undefined) throw new Error("nothing was claimed");
    await attempts.expire(job);
    await reapLeases(engine, 10);
    await settle();
    expect((await worker.claim(5)).map(({ id }) => id)).toEqual([lost]);
  });

  it("keeps each of a transaction's submits out of line until it commits, and holds nobody else's up", async () => {
    await limit({ maxRunningPerKey: 1 });
    await inTransaction(engine.pool, async (transaction) => {
      await enqueueJobs(engine, [{ definition: "send", payload: 1, concurrencyKey: "a" }], {
        actor: "t",
        transaction,
      });
      const outside = await submit("a");
      await settle();
      expect(await stateOf(outside)).toBe("available");
    });
    await settle();
    expect([await count("ready"), await count("held")]).toEqual([1, 1]);
  });
});

describe("a limit of keys", () => {
  it.each([
    [{ maxRunningPerKey: 0 }, "/maxRunningPerKey"],
    [{ maxRunningPerKey: 2.5 }, "/maxRunningPerKey"],
    [{ maxRunningPerKey: 5, maxRunning: 4 }, "/maxRunningPerKey"],
    [{ fair: "yes" }, "/fair"],
  ])("%o is refused by its name and nothing changes", async (body, path) => {
    await expect(limit(body)).rejects.toMatchObject({ code: "validation", errors: [{ path }] });
    expect(await test.value("select max_running_per_key from signalbox.queues where name = 'q'")).toBeNull();
  });

  it("refuses a cap of the queue below the one per key", async () => {
    await limit({ maxRunningPerKey: 5 });
    await expect(limit({ maxRunning: 3 })).rejects.toMatchObject({ errors: [{ path: "/maxRunning" }] });
  });
});
