import { describe, expect, test } from "vitest";
import { reapLeases } from "#server/operations/leases/reap-leases.ts";
import { serveApi } from "./testing/serve-api.ts";
import { type Offer, workerCalls } from "./testing/worker-calls.ts";

const { call, engine, database } = await serveApi();
const { register, submit, claim, claimOne, settle, jobOf } = workerCalls(call);
const as = { as: "worker" } as const;

describe("heartbeats", () => {
  test("renew exactly the jobs listed, and tell what to cancel and what is lost", async () => {
    const worker = await register();
    const ids = [await submit(), await submit(), await submit()];
    const [kept, forgotten, cancelled] = (await claim(worker, 3)) as [Offer, Offer, Offer];
    expect([kept.id, forgotten.id, cancelled.id]).toEqual(ids);
    await database.pool.query(
      "update signalbox.leases set until_ms = signalbox.now_ms() + 60 where worker_id = $1",
      [worker],
    );
    await call("POST", `/jobs/${cancelled.id}/cancel`, { reason: "stop" });
    const running = [kept, cancelled].map(({ id, attempt, token }) => ({
      id,
      attempt,
      token,
      progress: { done: 0.5, note: "a\u0000b" },
    }));
    const beat = await call("POST", `/workers/${worker}/heartbeat`, { running, saturation: 0.4 }, as);
    expect(beat).toMatchObject({
      status: 200,
      body: { cancel: [{ id: cancelled.id, attempt: 1 }], preempt: [], lost: [], drain: false },
    });
    expect(
      await engine.pool.query(
        "select 1 from signalbox.leases where worker_id = $1 and until_ms > signalbox.now_ms() + 10000",
        [worker],
      ),
    ).toMatchObject({ rowCount: 2 });
    await database.pool.query(
      "update signalbox.leases set until_ms = 5 where worker_id = $1 and until_ms < signalbox.now_ms() + 10000",
      [worker],
    );
    expect(await reapLeases(engine, 10)).toBe(1);
    const late = await call(
      "POST",
      `/workers/${worker}/heartbeat`,
      { running: [forgotten].map(({ id, attempt, token }) => ({ id, attempt, token })) },
      as,
    );
    expect(late.body).toMatchObject({ lost: [{ id: forgotten.id, attempt: 1 }], cancel: [] });
    expect(await settle(forgotten, "complete", {})).toMatchObject({
      status: 409,
      body: { code: "lease_lost" },
    });
    const aborted = await settle(cancelled, "fail", { error: { name: "AbortError", message: "aborted" } });
    expect(aborted.body.job).toMatchObject({ state: "cancelled" });
    await settle(kept, "complete", {});
    const again = await claimOne(worker, forgotten.id);
    expect(again.attempt).toBe(2);
    await settle(again, "complete", {});
    expect((await jobOf(forgotten.id)).attempts).toMatchObject([
      { outcome: "lost" },
      { outcome: "completed" },
    ]);
  });

  test("a completion that arrives after the cancel request wins", async () => {
    const worker = await register();
    const id = await submit();
    const offer = await claimOne(worker, id);
    expect((await call("POST", `/jobs/${id}/cancel`, { reason: "late" })).body.job).toMatchObject({
      state: "running",
      cancelRequestedAt: expect.any(String),
    });
    expect((await settle(offer, "complete", { output: 1 })).body.job).toMatchObject({
      state: "completed",
      output: 1,
    });
  });

  test("another worker's jobs, and tokens made up, are lost to it", async () => {
    const [mine, theirs] = [await register(), await register()];
    const id = await submit();
    const { attempt, token } = await claimOne(theirs, id);
    const running = [
      { id, attempt, token },
      { id: "x", attempt: 1, token: "t" },
    ];
    const beat = await call("POST", `/workers/${mine}/heartbeat`, { running }, as);
    expect(beat.body.lost).toEqual([
      { id, attempt: 1 },
      { id: "x", attempt: 1 },
    ]);
    expect((await jobOf(id)).state).toBe("running");
    await settle({ id, attempt, token, payload: 1, checkpoint: null }, "complete", {});
  });

  test("say drain to a worker that is to finish", async () => {
    const worker = await register();
    await database.pool.query("update signalbox.workers set state = 'draining' where id = $1", [worker]);
    expect((await call("POST", `/workers/${worker}/heartbeat`, { running: [] }, as)).body.drain).toBe(true);
    const id = await submit();
    expect(await claim(worker, 1)).toEqual([]);
    await call("POST", `/jobs/${id}/cancel`);
  });
});

describe("registrations", () => {
  test("DELETE hands back what was not started, with no trace of an attempt", async () => {
    const worker = await register();
    const ids = [await submit(), await submit()];
    const offers = await claim(worker, 2);
    expect(await call("DELETE", `/workers/${worker}`, undefined, as)).toMatchObject({
      status: 200,
      body: { workerId: worker, released: 2 },
    });
    expect(await settle(offers[0] as Offer, "complete", {})).toMatchObject({ status: 409 });
    expect(await jobOf(ids[0] as string)).toMatchObject({
      state: "available",
      attempt: 0,
      failures: 0,
      attempts: [],
    });
    const next = await register();
    const again = await claim(next, 2);
    expect(again.map(({ id, attempt }) => ({ id, attempt }))).toEqual(ids.map((id) => ({ id, attempt: 1 })));
    for (const offer of again) await settle(offer, "complete", {});
    expect(await call("POST", `/workers/${worker}/claim`, { max: 1 }, as)).toMatchObject({ status: 410 });
  });

  test("are listed, the live ones or all, in pages", async () => {
    const worker = await register();
    const live = await call("GET", "/workers?limit=1", undefined, as);
    expect(live.body.workers).toMatchObject([
      {
        id: worker,
        pool: "default",
        definitions: ["work"],
        transport: "http",
        state: "active",
        host: "h1",
        version: "1.2",
      },
    ]);
    expect(live.body.nextCursor).not.toBeNull();
    const next = await call("GET", `/workers?limit=200&live=false&cursor=${live.body.nextCursor}`);
    expect(next.body.workers.some((each: { state: string }) => each.state === "stopped")).toBe(true);
    expect(next.body.nextCursor).toBeNull();
  });

  test.each<[object, string]>([
    [{ definitions: [] }, "/definitions"],
    [{ definitions: ["Not A Name"] }, "/definitions/0"],
    [{ concurrency: 0 }, "/concurrency"],
    [{ concurrency: 10_001 }, "/concurrency"],
    [{ host: "" }, "/host"],
    [{ pool: "" }, "/pool"],
    [{ color: 1 }, "/color"],
  ])("refuse %j", async (change, path) => {
    const body = { pool: "default", definitions: ["work"], concurrency: 1, host: "h", ...change };
    expect(await call("POST", "/workers", body, as)).toMatchObject({
      status: 422,
      body: { errors: [{ path }] },
    });
  });
});
