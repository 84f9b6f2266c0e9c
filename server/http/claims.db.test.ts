import { describe, expect, test } from "vitest";
import { serveApi } from "./testing/serve-api.ts";
import { type Offer, workerCalls } from "./testing/worker-calls.ts";

const { call, database } = await serveApi();
const { register, submit, claim, settle } = workerCalls(call);
const as = { as: "worker" } as const;

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

  test("offers nothing to a worker that says it has more than it can bear, until it says otherwise", async () => {
    const worker = await register();
    const other = await register();
    const says = (saturation: number) =>
      call("POST", `/workers/${worker}/heartbeat`, { running: [], saturation }, as);
    await says(1.4);
    const id = await submit();
    expect(await claim(worker, 1)).toEqual([]);
    const [offer] = await claim(other, 1);
    expect(offer?.id).toBe(id);
    await settle(offer as Offer, "complete", {});
    await says(1);
    const next = await submit();
    const [again] = await claim(worker, 1);
    expect(again?.id).toBe(next);
    await settle(again as Offer, "complete", {});
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
