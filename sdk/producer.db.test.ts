import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { Listener } from "#db/listen.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { silentLog } from "#server/system/log.ts";
import { queryableOf } from "./caller-transaction.ts";
import { defineJob } from "./define-job.ts";
import { createProducer } from "./producer.ts";

const test = await testEngine();
const { pool } = test.engine;
await test.define("plain");
await test.define("typed", {
  inputSchema: { type: "object", required: ["n"], properties: { n: { type: "integer" } } },
});
const producer = await createProducer({ connectionString: test.url, name: "shop", log: silentLog });
afterAll(() => producer.close());

const count = (ids: string[]) =>
  test.value("select count(*)::int from signalbox.jobs where id = any($1)", [ids]);

describe("a producer", () => {
  it("answers 1,000 submits at once, each with a job of its own that carries its own payload", async () => {
    const before = await test.value("select count(*)::int from signalbox.jobs");
    const jobs = await Promise.all(Array.from({ length: 1_000 }, (_, n) => producer.enqueue("plain", { n })));
    const ids = jobs.map((job) => job.id);
    expect(new Set(ids).size).toBe(1_000);
    expect(await test.value("select count(*)::int from signalbox.jobs")).toBe((before as number) + 1_000);
    const { rows } = await pool.query(
      "select id, (payload->>'n')::int as n from signalbox.jobs where id = any($1)",
      [ids],
    );
    expect(new Map(rows.map((row) => [row.id, row.n]))).toEqual(new Map(ids.map((id, n) => [id, n])));
    expect(
      await test.value("select distinct submitted_by from signalbox.jobs where id = any($1)", [ids]),
    ).toBe("shop");
  });

  it("gives every submit of a shared batch its own answer, good or bad", async () => {
    const submits = Array.from({ length: 100 }, (_, n) =>
      producer.enqueue("typed", n % 3 === 0 ? { n: "no" } : { n }),
    );
    const results = await Promise.allSettled(submits);
    for (const [n, result] of results.entries()) {
      expect(result.status).toBe(n % 3 === 0 ? "rejected" : "fulfilled");
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ code: "validation", errors: [{ path: "/payload/n" }] });
    }
  });

  it("gives one job for one idempotency key, in one batch and in the next", async () => {
    const submit = () => producer.enqueue("plain", 1, { idempotencyKey: "order-7" });
    const answers = [...(await Promise.all(Array.from({ length: 50 }, submit))), await submit()];
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.deduplicated)).toHaveLength(1);
  });

  it("rejects with the field that is wrong, before anything is written", async () => {
    const refused = async (submit: Promise<unknown>) => {
      const error = await submit.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(SignalboxError);
      return (error as SignalboxError).errors?.map(({ path }) => path);
    };
    expect(await refused(producer.enqueue("nope", {}))).toEqual(["/definition"]);
    expect(await refused(producer.enqueue("typed", {} as unknown))).toEqual(["/payload/n"]);
    expect(await refused(producer.enqueue("plain", { deep: [1, Number.NaN] }))).toEqual(["/payload/deep/1"]);
    expect(await refused(producer.enqueue("plain", 1, { tags: [7 as unknown as string] }))).toEqual([
      "/tags/0",
    ]);
  });

  it("of many submits the good ones and tells at its place why each other was refused, whatever their number", async () => {
    const jobs = Array.from({ length: 2_500 }, (_, n) => ({
      definition: n % 1_000 === 7 ? "nope" : "plain",
      payload: n,
    }));
    const results = await producer.enqueueMany(jobs);
    expect(results).toHaveLength(2_500);
    const refused = results.flatMap((result, n) => (result instanceof SignalboxError ? [n] : []));
    expect(refused).toEqual([7, 1_007, 2_007]);
    const ids = results.flatMap((result) => (result instanceof SignalboxError ? [] : [result.id]));
    expect(await count(ids)).toBe(2_497);
  });

  it("registers a job given as code with its first submit", async () => {
    const job = defineJob({
      name: "from-code",
      queue: "q",
      input: z.object({ n: z.number() }),
      handler: () => null,
    });
    const [first, second] = await Promise.all([
      producer.enqueue(job, { n: 1 }),
      producer.enqueue(job, { n: 2 }),
    ]);
    expect(await count([first.id, second.id])).toBe(2);
    expect(
      await test.value(
        "select count(*)::int from signalbox.definition_versions v join signalbox.definitions d on d.id = v.definition_id where d.name = 'from-code'",
      ),
    ).toBe(1);
  });

  it("keeps priority, time, tags and trace of a submit", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const runAt = new Date(test.engine.clock.nowMs() + 3_600_000);
    const { id } = await producer.enqueue("plain", 1, {
      priority: "critical",
      runAt,
      tags: ["a", 'b "c", {d}'],
      correlationId: "c-1",
      traceparent,
    });
    const { rows } = await pool.query(
      "select class, run_at_ms::float8 as at, tags, correlation_id, traceparent from signalbox.jobs where id = $1",
      [id],
    );
    expect(rows[0]).toEqual({
      class: 0,
      at: runAt.getTime(),
      tags: ["a", 'b "c", {d}'],
      correlation_id: "c-1",
      traceparent,
    });
  });
});

describe("a submit in the caller's transaction", () => {
  const submits = (tx: Parameters<typeof queryableOf>[0]) =>
    Promise.all([
      producer.enqueue("plain", { of: "tx" }, { tx }),
      producer.enqueueMany(
        [{ definition: "plain", payload: 1, idempotencyKey: `k-${Math.trunc(performance.now() * 1e3)}` }],
        { tx },
      ),
    ]).then(([one, [other]]) => [one.id, (other as { id: string }).id]);

  it("of a pg client is there with its commit, and never after its rollback", async () => {
    for (const [end, left] of [
      ["commit", 2],
      ["rollback", 0],
    ] as const) {
      const client = await pool.connect();
      await client.query("begin");
      const ids = await submits(client);
      expect(await count(ids)).toBe(0);
      await client.query(end);
      client.release();
      expect(await count(ids)).toBe(left);
    }
  });

  it("of Drizzle is there with its commit, and never after its rollback", async () => {
    const db = drizzle({ client: pool });
    const kept = await db.transaction(async (tx) => {
      const ids = await submits(tx);
      expect(await count(ids)).toBe(0);
      return ids;
    });
    expect(await count(kept)).toBe(2);
    let dropped: string[] = [];
    const rolledBack = db.transaction(async (tx) => {
      dropped = await submits(tx);
      tx.rollback();
    });
    await expect(rolledBack).rejects.toThrow();
    expect(dropped).toHaveLength(2);
    expect(await count(dropped)).toBe(0);
  });

  it("finds the job of a key that is taken, by whatever the caller's connection makes of bigints", async () => {
    const { id } = await producer.enqueue("plain", 1, { idempotencyKey: "taken" });
    const found = await drizzle({ client: pool }).transaction((tx) =>
      producer.enqueue("plain", 1, { idempotencyKey: "taken", tx }),
    );
    expect(found).toEqual({ id, deduplicated: true });
  });

  it("wakes workers when the caller says that it committed", async () => {
    const heard: string[] = [];
    const listener = new Listener(["signalbox_ready"], {
      connectionString: test.url,
      onNotify: (_channel, text) => heard.push(text),
    });
    await listener.start();
    producer.wake();
    await drizzle({ client: pool }).transaction((tx) => producer.enqueue("typed", { n: 1 }, { tx }));
    producer.wake();
    const lane = [...test.engine.catalog.current.lanes.values()].find(
      ({ definition }) => definition.name === "typed",
    )?.id;
    await vi.waitFor(() => expect(heard.flatMap((text) => text.split(","))).toContain(String(lane)));
    await listener.close();
  });

  it("is refused for what is no transaction", () => {
    expect(() => queryableOf({} as never)).toThrow("neither a pg client nor a Drizzle transaction");
  });
});
