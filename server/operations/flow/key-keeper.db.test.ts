import { afterEach, describe, expect, it, vi } from "vitest";
import type { SubmittedJob } from "#core/definition/submit.ts";
import { priorityRank } from "#core/priority/priority-class.ts";
import { inTransaction } from "#db/transaction.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import type { ClaimedAttempt } from "../attempts/claim-attempts.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { enqueueJobs } from "../jobs/enqueue-jobs.ts";
import { moveJob } from "../jobs/move-job.ts";
import { promoteDueJobs } from "../jobs/promote-due-jobs.ts";
import { reprioritiseJob } from "../jobs/reprioritise-job.ts";
import { restoreJob } from "../jobs/restore-job.ts";
import { retryJob } from "../jobs/retry-job.ts";
import { reapLeases } from "../leases/reap-leases.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { type TestWorker, testEngine } from "../testing/test-engine.ts";
import { KeyKeeper } from "./key-keeper.ts";

const test = await testEngine();
const { engine } = test;
const kit = attemptKit(test);
const keeper = new KeyKeeper(engine);
await test.define("send");
await test.define("elsewhere", { queue: "other" });
const limit = (body: object, name = "q") => patchQueue(engine, { name, body, actor: "test" });
const submit = (concurrencyKey: string, more: Partial<SubmittedJob> = {}) =>
  test.submit({ definition: "send", concurrencyKey, ...more });
const submitMany = (key: string, count: number) =>
  enqueueJobs(
    engine,
    Array.from({ length: count }, () => ({ definition: "send", payload: null, concurrencyKey: key })),
    { actor: "test" },
  );
/** Look until there is nothing more to do, as a dispatcher does. */
const settle = async () => {
  for (let look = 0; look < 200; look++) {
    const answer = await keeper.tick();
    if (answer !== "more" && answer.inMs > 5) return;
  }
  throw new Error("the keeper found more to do, look after look");
};
const complete = (worker: TestWorker, jobs: ClaimedAttempt[]) =>
  completeAttempts(
    engine,
    worker.id,
    jobs.map(kit.completion),
    jobs.map((job) => job.leaseId),
  );
const stateOf = async (id: string) =>
  (await findJob(engine.pool, id, engine.catalog.current.priority))?.job.state;
const act = (jobId: string) => ({ jobId, actor: "ada", reason: null });
const count = async (table: string) => Number(await test.value(`select count(*) from signalbox.${table}`));

afterEach(async () => {
  await limit({ maxRunningPerKey: null, fair: false });
  await limit({ maxRunningPerKey: null }, "other");
  await test.value(
    "truncate signalbox.ready, signalbox.leases, signalbox.held, signalbox.scheduled, signalbox.key_slots, signalbox.key_passes, signalbox.key_lines, signalbox.workers",
  );
});

describe("a queue with a cap per key", () => {
  it("admits as many jobs of a key as the cap, in their order, and the next when one has ended", async () => {
    await limit({ maxRunningPerKey: 2 });
    const ids = [];
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
    const ids = [];
    for (let job = 0; job < 6; job++) ids.push(await submit("a"));
    const worker = await test.worker();
    const running = await worker.claim(2);
    await limit({ maxRunningPerKey: 3 });
    await settle();
    expect(await worker.claim(10)).toHaveLength(1);
    expect(await count("held")).toBe(3);
    await complete(worker, running);
    await settle();
    expect(await worker.claim(10)).toHaveLength(2);
    expect(ids).toHaveLength(6);
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
    await endAttempts(engine, worker.id, [kit.failure(worker, job)], [job.leaseId]);
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
    await kit.expire(job);
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

describe("a parked job", () => {
  const parked = async () => {
    await limit({ maxRunningPerKey: 1 });
    const running = await submit("a");
    const waiting = await submit("a");
    await settle();
    expect([await stateOf(running), await stateOf(waiting)]).toEqual(["available", "held"]);
    return { running, waiting };
  };

  it("says who goes before it", async () => {
    const { running, waiting } = await parked();
    const third = await submit("a");
    const facts = await findJob(engine.pool, third, engine.catalog.current.priority);
    expect(facts?.waitingReasons[0]).toMatchObject({
      kind: "concurrency-key",
      binding: true,
      text: "1 of key a runs or is in line: queue q lets 1 of a key at once; 1 job of it is ahead",
      ref: { kind: "queue", id: "q" },
      action: "raise-cap",
    });
    expect(facts?.job.concurrencyKey).toBe("a");
    expect([running, waiting]).not.toContain(third);
  });

  it("can be cancelled, and comes back to its place when that is taken back", async () => {
    const { running, waiting } = await parked();
    await cancelJob(engine, act(waiting));
    expect(await stateOf(waiting)).toBe("cancelled");
    await restoreJob(engine, act(waiting));
    expect(await stateOf(waiting)).toBe("held");
    await cancelJob(engine, act(running));
    await settle();
    expect(await stateOf(waiting)).toBe("available");
    await restoreJob(engine, act(running));
    expect(await stateOf(running)).toBe("held");
  });

  it("goes first when it is made more urgent", async () => {
    await parked();
    const third = await submit("a");
    await reprioritiseJob(engine, { ...act(third), priority: "high" });
    const worker = await test.worker();
    await complete(worker, await worker.claim(1));
    await settle();
    expect((await worker.claim(5)).map(({ id }) => id)).toEqual([third]);
  });

  it("goes in line when it is moved to a queue that limits no keys, and waits in one that does", async () => {
    const { running, waiting } = await parked();
    await moveJob(engine, { ...act(waiting), queue: "other" });
    expect(await stateOf(waiting)).toBe("available");
    await limit({ maxRunningPerKey: 1 }, "other");
    await moveJob(engine, { ...act(running), queue: "other" });
    expect(await stateOf(running)).toBe("held");
    await settle();
    expect(await count("ready")).toBe(1);
    expect(await count("key_slots")).toBe(1);
  });

  it("is not overtaken by a job of its key that is retried by hand", async () => {
    const { running, waiting } = await parked();
    await cancelJob(engine, act(running));
    await settle();
    expect(await stateOf(waiting)).toBe("available");
    await retryJob(engine, { ...act(running), payload: undefined });
    expect(await stateOf(running)).toBe("held");
    await settle();
    expect([await stateOf(running), await count("ready")]).toEqual(["held", 1]);
  });
});

describe("a fair queue", () => {
  it("lets a flood of 10,000 delay another key's first job by no more than the window", async () => {
    await limit({ fair: true });
    for (let batch = 0; batch < 10; batch++) await submitMany("flood", 1_000);
    const worker = await test.worker();
    const keepers = [keeper, new KeyKeeper(engine)];
    const window = 200; // twice the hundred slots of the one worker
    await vi.waitFor(async () => {
      for (const each of keepers) await each.tick();
      expect(await count("ready")).toBe(window);
    });
    const late = await submit("late");
    let before = 0;
    for (;;) {
      const jobs = await worker.claim(50);
      if (jobs.some(({ id }) => id === late)) break;
      before += jobs.length;
      await complete(worker, jobs);
      for (const each of keepers) await each.tick();
    }
    expect(before).toBeLessThanOrEqual(window);
  });

  it("gives keys with backlog equal shares", async () => {
    await limit({ fair: true });
    await submitMany("big", 2_000);
    await submitMany("small", 400);
    await submitMany("mid", 800);
    const worker = await test.worker();
    const started = new Map<string, number>();
    for (let round = 0; round < 8; round++) {
      await settle();
      const jobs = await worker.claim(100);
      const ids = jobs.map(({ id }) => id);
      const { rows } = await engine.pool.query(
        "select concurrency_key as key, count(*)::int as n from signalbox.jobs where id = any($1::bigint[]) group by 1",
        [ids],
      );
      for (const { key, n } of rows as unknown as { key: string; n: number }[])
        started.set(key, (started.get(key) ?? 0) + n);
      await complete(worker, jobs);
    }
    const total = [...started.values()].reduce((sum, n) => sum + n, 0);
    expect(total).toBe(800);
    for (const key of ["big", "small", "mid"]) {
      expect(started.get(key)).toBeGreaterThan(total / 3 - total / 10);
      expect(started.get(key)).toBeLessThan(total / 3 + total / 10);
    }
  });

  it("keeps its cap per key too, and admits urgent work beside a full window of bulk", async () => {
    await limit({ fair: true, maxRunningPerKey: 3 });
    await submitMany("a", 30);
    const urgent = await submit("b", { priority: "critical" });
    await settle();
    expect(await test.value("select count(*)::int from signalbox.key_slots where key = 'a'")).toBe(3);
    expect(await stateOf(urgent)).toBe("available");
    expect(await test.value("select class from signalbox.key_slots where key = 'b'")).toBe(
      priorityRank("critical"),
    );
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
