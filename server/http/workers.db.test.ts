import { beforeAll, describe, expect, test } from "vitest";
import { reapLeases } from "#server/operations/leases/reap-leases.ts";
import { type Reply, serveApi } from "./testing/serve-api.ts";

const { call, engine, database } = await serveApi();
const as = { as: "worker" } as const;

interface Offer {
  id: string;
  attempt: number;
  token: string;
  payload: unknown;
  checkpoint: unknown;
}

beforeAll(async () => {
  const law = { kind: "constant", delayMs: 0 };
  const body = { queue: "work", inputSchema: true, retryPolicy: { law, jitter: "none", maxAttempts: 3 } };
  await call("PUT", "/definitions/work", body, as);
  const outputSchema = { type: "object", required: ["ok"], properties: { ok: { type: "boolean" } } };
  await call("PUT", "/definitions/checked", { ...body, queue: "checked", outputSchema }, as);
});

async function register(definitions = ["work"]): Promise<string> {
  const reply = await call(
    "POST",
    "/workers",
    { pool: "default", definitions, concurrency: 5, host: "h1", version: "1.2" },
    as,
  );
  expect(reply).toMatchObject({ status: 201, body: { leaseMs: 15_000, heartbeatMs: 5_000 } });
  return reply.body.workerId;
}

async function submit(definition = "work", payload: unknown = { n: 1 }): Promise<string> {
  return (await call("POST", "/jobs", { definition, payload })).body.job.id;
}

async function claim(workerId: string, max = 1, waitMs = 0): Promise<Offer[]> {
  const reply = await call("POST", `/workers/${workerId}/claim`, { max, waitMs }, as);
  expect(reply.status).toBe(200);
  return reply.body.jobs;
}

async function claimOne(workerId: string, id: string): Promise<Offer> {
  const [offer, ...others] = await claim(workerId, 1);
  expect(others).toEqual([]);
  expect(offer?.id).toBe(id);
  return offer as Offer;
}

const settle = (offer: Offer, verb: string, body: object): Promise<Reply> =>
  call("POST", `/jobs/${offer.id}/attempts/${offer.attempt}/${verb}`, { token: offer.token, ...body }, as);

const jobOf = async (id: string) => (await call("GET", `/jobs/${id}`)).body.job;

describe("the life of an attempt over HTTP", () => {
  test("register, claim, complete: the job is completed with its output", async () => {
    const worker = await register();
    const id = await submit();
    const offer = await claimOne(worker, id);
    expect(offer).toMatchObject({
      attempt: 1,
      definition: "work",
      version: 1,
      payload: { n: 1 },
      checkpoint: null,
      timeoutMs: 60_000,
      traceparent: null,
    });
    expect((await jobOf(id)).attempts).toMatchObject([
      { number: 1, outcome: "running", workerId: worker, host: "h1" },
    ]);
    const done = await settle(offer, "complete", { output: { sum: 3 } });
    expect(done).toMatchObject({
      status: 200,
      body: { job: { id, state: "completed", output: { sum: 3 }, attempt: 1 } },
    });
    expect(done.body.repeated).toBeUndefined();
  });

  test("the same settle again is repeated without effect, a different one is lease_lost", async () => {
    const worker = await register();
    const id = await submit();
    const offer = await claimOne(worker, id);
    await settle(offer, "complete", { output: { a: 1, b: 2 } });
    expect(await settle(offer, "complete", { output: { b: 2, a: 1 } })).toMatchObject({
      status: 200,
      body: { repeated: true, job: { state: "completed" } },
    });
    expect(await settle(offer, "complete", { output: 2 })).toMatchObject({
      status: 409,
      body: { code: "lease_lost" },
    });
    for (const [verb, body] of [
      ["fail", { error: { name: "E", message: "m" } }],
      ["release", {}],
      ["checkpoint", { data: 1 }],
    ] as const)
      expect(await settle(offer, verb, body), verb).toMatchObject({
        status: 409,
        body: { code: "lease_lost" },
      });
    expect(await jobOf(id)).toMatchObject({
      state: "completed",
      output: { a: 1, b: 2 },
      attempts: [{ outcome: "completed" }],
    });
  });

  test("fail is classified and decided; the same report again is repeated", async () => {
    const worker = await register();
    const id = await submit();
    const first = await claimOne(worker, id);
    const error = {
      name: "OddError",
      message: "it broke\u0000",
      code: 7,
      class: "transient",
      stack: "OddError: it broke",
    };
    const failed = await settle(first, "fail", { error });
    expect(failed).toMatchObject({
      status: 200,
      body: {
        job: {
          state: "available",
          failures: 1,
          lastError: { message: "it broke\ufffd", class: "transient", code: "7" },
        },
      },
    });
    expect(await settle(first, "fail", { error })).toMatchObject({ status: 200, body: { repeated: true } });
    expect(await settle(first, "fail", { error: { ...error, message: "other" } })).toMatchObject({
      status: 409,
    });
    const second = await claimOne(worker, id);
    expect(second.attempt).toBe(2);
    expect(await settle(first, "complete", { output: 1 })).toMatchObject({
      status: 409,
      body: { code: "lease_lost" },
    });
    const dead = await settle(second, "fail", {
      error: { name: "E", message: "hopeless", class: "permanent" },
    });
    expect(dead.body.job).toMatchObject({ state: "dead", failures: 2, attempt: 2 });
    expect((await jobOf(id)).attempts).toMatchObject([
      { number: 1, outcome: "failed", class: "transient", decision: { kind: "retry" } },
      { number: 2, outcome: "failed", class: "permanent", decision: { kind: "dead" } },
    ]);
  });

  test("release hands the job back without a failure", async () => {
    const worker = await register();
    const id = await submit();
    const offer = await claimOne(worker, id);
    expect((await settle(offer, "release", {})).body.job).toMatchObject({ state: "available", failures: 0 });
    expect(await settle(offer, "release", {})).toMatchObject({ status: 200, body: { repeated: true } });
    const again = await claimOne(worker, id);
    expect((await settle(again, "complete", {})).body.job).toMatchObject({
      state: "completed",
      output: null,
    });
  });

  test("a checkpoint is handed to the next attempt", async () => {
    const worker = await register();
    const id = await submit();
    const offer = await claimOne(worker, id);
    expect(
      await settle(offer, "checkpoint", { data: { row: 5 }, schemaVersion: 2, artifacts: ["s3://x"] }),
    ).toMatchObject({ status: 200, body: { saved: true } });
    await settle(offer, "checkpoint", { data: { row: 9 }, schemaVersion: 2 });
    await settle(offer, "fail", { error: { name: "E", message: "m", class: "transient" } });
    const again = await claimOne(worker, id);
    expect(again.checkpoint).toEqual({ data: { row: 9 }, schemaVersion: 2, artifacts: null });
    await settle(again, "complete", {});
  });

  test("an output against the schema is 422 and leaves the attempt open", async () => {
    const worker = await register(["checked"]);
    const id = await submit("checked");
    const offer = await claimOne(worker, id);
    const refused = await settle(offer, "complete", { output: { ok: "yes" } });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: "validation", errors: [{ path: "/output/ok" }] },
    });
    expect(await settle(offer, "complete", {})).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/output" }] },
    });
    expect(await settle(offer, "complete", { output: "x".repeat(262_145) })).toMatchObject({ status: 413 });
    expect((await jobOf(id)).state).toBe("running");
    expect(await settle(offer, "complete", { output: { ok: true } })).toMatchObject({ status: 200 });
  });

  test("a token is good for its own job and attempt alone", async () => {
    const worker = await register();
    const [one, two] = [await submit(), await submit()];
    const [first, second] = (await claim(worker, 2)) as [Offer, Offer];
    expect([first.id, second.id]).toEqual([one, two]);
    for (const token of [second.token, "1.2.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "nonsense", `${first.token}x`])
      expect(await settle({ ...first, token }, "complete", {}), token).toMatchObject({
        status: 409,
        body: { code: "lease_lost" },
      });
    expect(await settle({ ...first, attempt: 2 }, "complete", {})).toMatchObject({ status: 409 });
    expect(await settle({ ...first, id: "5" }, "complete", {})).toMatchObject({ status: 404 });
    expect(
      (await call("POST", `/jobs/${first.id}/attempts/0/complete`, { token: first.token }, as)).status,
    ).toBe(404);
    expect((await jobOf(one)).state).toBe("running");
    await settle(first, "complete", {});
    await settle(second, "complete", {});
  });
});

describe("claiming", () => {
  test("waits for a job and takes it when it comes", async () => {
    const worker = await register();
    const waiting = claim(worker, 1, 20_000);
    const id = await submit();
    const [offer] = await waiting;
    expect(offer?.id).toBe(id);
    await settle(offer as Offer, "complete", {});
  });

  test("answers no jobs when the wait runs out, or there is none to wait for", async () => {
    const worker = await register();
    expect(await claim(worker, 1)).toEqual([]);
    expect(await claim(worker, 1, 20)).toEqual([]);
  });

  test("does not take a paused queue's jobs, and takes them when it is resumed", async () => {
    const worker = await register();
    await call("PATCH", "/queues/work", { paused: true });
    const id = await submit();
    expect(await claim(worker, 1)).toEqual([]);
    const waiting = claim(worker, 1, 20_000);
    await call("PATCH", "/queues/work", { paused: false });
    const [offer] = await waiting;
    expect(offer?.id).toBe(id);
    await settle(offer as Offer, "complete", {});
  });

  test("16 workers that claim together never get a job twice", async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => submit()));
    const workers = await Promise.all(Array.from({ length: 16 }, () => register()));
    const offers: Offer[] = [];
    for (let round = 0; round < 4; round++)
      offers.push(...(await Promise.all(workers.map((worker) => claim(worker, 3)))).flat());
    expect(offers.map((offer) => offer.id).toSorted()).toEqual(ids.toSorted());
    const settled = await Promise.all(offers.map((offer) => settle(offer, "complete", {})));
    expect(settled.every((reply) => reply.status === 200)).toBe(true);
  });

  test("an ended or silent registration is 410, an unknown one 404", async () => {
    const worker = await register();
    await database.pool.query(
      "update signalbox.workers set heartbeat_at = clock_timestamp() - interval '16 seconds' where id = $1",
      [worker],
    );
    expect(await call("POST", `/workers/${worker}/claim`, { max: 1 }, as)).toMatchObject({
      status: 410,
      body: { code: "worker_expired" },
    });
    expect(await call("POST", `/workers/${worker}/heartbeat`, { running: [] }, as)).toMatchObject({
      status: 410,
    });
    expect(await call("DELETE", `/workers/${worker}`, undefined, as)).toMatchObject({ status: 410 });
    expect(await call("POST", "/workers/999999/claim", { max: 1 }, as)).toMatchObject({ status: 404 });
    expect(await call("POST", "/workers/me/claim", { max: 1 }, as)).toMatchObject({ status: 404 });
  });

  test.each([
    [{ max: 0 }],
    [{ max: 1001 }],
    [{ max: 1, waitMs: 30_001 }],
    [{ max: 1, waitMs: -1 }],
    [{}],
    [{ max: 1, more: 1 }],
  ])("refuses %j", async (body) => {
    expect(await call("POST", `/workers/${await register()}/claim`, body, as)).toMatchObject({
      status: 422,
      body: { code: "validation" },
    });
  });
});

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
