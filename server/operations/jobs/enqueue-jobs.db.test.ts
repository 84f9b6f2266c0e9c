import { describe, expect, it } from "vitest";
import { inTransaction } from "#db/transaction.ts";
import { testEngine } from "../testing/test-engine.ts";
import { enqueueJobs } from "./enqueue-jobs.ts";
import { promoteDueJobs } from "./promote-due-jobs.ts";

const test = await testEngine();
const { engine } = test;
await test.define("plain");
await test.define("typed", {
  inputSchema: {
    type: "object",
    required: ["n"],
    properties: { n: { type: "integer" }, name: { type: "string", pattern: "^(a+)+$" } },
    additionalProperties: false,
  },
});
await test.define("limited", { timeouts: { totalMs: 60_000 } });
const submit = (definition: string, more: object = {}) =>
  enqueueJobs(engine, [{ definition, payload: null, ...more }], { actor: "test" });
const one = async (definition: string, more: object = {}) => (await submit(definition, more))[0];

describe("submitting", () => {
  it("puts a due job in line and one for later aside", async () => {
    const nowId = await test.submit({ definition: "plain" });
    const laterId = await test.submit({ definition: "plain", runAtMs: engine.clock.nowMs() + 60_000 });
    expect(await test.value("select count(*)::int from signalbox.ready where id = $1", [nowId])).toBe(1);
    expect(await test.value("select retry from signalbox.scheduled where id = $1", [laterId])).toBe(false);
  });

  it("keeps the payload's text, order and numbers as they were sent", async () => {
    const payload = { z: 1.5, a: [true, null, "ä\u2028"], big: 12345678901234 };
    const id = await test.submit({ definition: "plain", payload });
    expect(await test.value("select payload::text from signalbox.jobs where id = $1", [id])).toBe(
      JSON.stringify(payload),
    );
  });

  it("gives ids that sort by time, thousands in one millisecond included", async () => {
    const results = await enqueueJobs(
      engine,
      Array.from({ length: 9_000 }, () => ({ definition: "plain", payload: 1 })),
      { actor: "test" },
    );
    const ids = results.map((result) => (result.ok ? BigInt(result.id) : 0n));
    expect(new Set(ids).size).toBe(9_000);
    expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
  });

  it("refuses an unknown definition by name, telling what there is", async () => {
    expect(await one("nope")).toMatchObject({
      ok: false,
      error: { code: "unknown_definition", message: expect.stringContaining("plain") },
    });
  });

  it("refuses a payload that does not fit, with a pointer to each place", async () => {
    const result = await one("typed", { payload: { n: "x", extra: 1 } });
    const errors = [
      { path: "/payload/extra", message: expect.stringContaining("remove") },
      { path: "/payload/n", message: expect.stringContaining("integer") },
    ];
    expect(result).toMatchObject({
      ok: false,
      error: { code: "validation", errors: expect.arrayContaining(errors) },
    });
    expect(await one("typed", { payload: {} })).toMatchObject({
      ok: false,
      error: { errors: [{ path: "/payload/n" }] },
    });
  });

  it("matches a hostile pattern of a schema in linear time", async () => {
    const result = await one("typed", { payload: { n: 1, name: `${"a".repeat(50_000)}!` } });
    expect(result).toMatchObject({ ok: false, error: { errors: [{ path: "/payload/name" }] } });
  });

  it("of many writes the good ones and names what is wrong with each of the others, at its place", async () => {
    const jobs = [
      { definition: "plain", payload: 1 },
      { definition: "nope", payload: 1 },
      { definition: "typed", payload: { n: 3 } },
    ];
    const results = await enqueueJobs(engine, jobs, { actor: "test" });
    expect(results.map((result) => result.ok)).toEqual([true, false, true]);
  });

  it("notes the whole-job limit of definitions that have one, with the job or not at all", async () => {
    const id = await test.submit({ definition: "limited" });
    expect(
      await test.value(
        "select deadline_ms - signalbox.id_ms($1) between 59000 and 61000 from signalbox.deadlines where job_id = $1",
        [id],
      ),
    ).toBe(true);
  });
});

describe("an idempotency key", () => {
  it("gives one job for 64 submits at once, and the same answer to all", async () => {
    const results = (
      await Promise.all(Array.from({ length: 64 }, () => submit("plain", { idempotencyKey: "k-64" })))
    ).flat();
    const ids = new Set(results.map((result) => result.ok && result.id));
    expect(ids.size).toBe(1);
    expect(results.filter((result) => result.ok && !result.deduplicated)).toHaveLength(1);
    expect(await test.value("select count(*)::int from signalbox.jobs where idempotency_key = 'k-64'")).toBe(
      1,
    );
  });

  it("repeated inside one batch is one job", async () => {
    const jobs = Array.from({ length: 3 }, () => ({
      definition: "plain",
      payload: null,
      idempotencyKey: "in-batch",
    }));
    const results = await enqueueJobs(engine, jobs, { actor: "test" });
    expect(results.map((result) => result.ok && result.deduplicated)).toEqual([false, true, true]);
    expect(new Set(results.map((result) => result.ok && result.id)).size).toBe(1);
  });

  it("is a definition's own", async () => {
    const [first, second] = [
      await one("plain", { idempotencyKey: "shared" }),
      await one("typed", { idempotencyKey: "shared", payload: { n: 1 } }),
    ];
    expect(first?.ok && second?.ok && first.id !== second.id).toBe(true);
  });

  it("is free again when its receipt has ended", async () => {
    const first = await one("plain", { idempotencyKey: "ends" });
    await test.value(
      "update signalbox.receipts set expires_at = clock_timestamp() - interval '1 s' where key = 'ends'",
    );
    const second = await one("plain", { idempotencyKey: "ends" });
    expect(second).toMatchObject({ ok: true, deduplicated: false });
    expect(first?.ok && second?.ok && first.id !== second.id).toBe(true);
  });
});

describe("submitting in the caller's transaction", () => {
  it("makes the job when it commits and never when it rolls back", async () => {
    const ids: string[] = [];
    const work = (fail: boolean) =>
      inTransaction(engine.pool, async (transaction) => {
        const [result] = await enqueueJobs(engine, [{ definition: "plain", payload: null }], {
          actor: "test",
          transaction,
        });
        if (result?.ok) ids.push(result.id);
        if (fail) throw new Error("the caller changed its mind");
      });
    await work(false);
    await expect(work(true)).rejects.toThrow("changed its mind");
    expect(await test.value("select count(*)::int from signalbox.jobs where id = any($1)", [ids])).toBe(1);
    expect(await test.value("select count(*)::int from signalbox.ready where id = any($1)", [ids])).toBe(1);
  });
});

describe("promoting", () => {
  it("moves due jobs to the line in the order they fell due, and leaves the others", async () => {
    const due = await test.submit({ definition: "plain", runAtMs: engine.clock.nowMs() + 50_000 });
    const later = await test.submit({ definition: "plain", runAtMs: engine.clock.nowMs() + 90_000 });
    await test.value("update signalbox.scheduled set run_at_ms = signalbox.now_ms() - 5 where id = $1", [
      due,
    ]);
    expect((await promoteDueJobs(engine, 100)).moved).toBe(1);
    expect(await test.value("select count(*)::int from signalbox.ready where id = $1", [due])).toBe(1);
    expect(await test.value("select count(*)::int from signalbox.scheduled where id = $1", [later])).toBe(1);
  });

  it("by many at once moves each job once", async () => {
    const jobs = Array.from({ length: 500 }, () => ({
      definition: "plain",
      payload: null,
      runAtMs: engine.clock.nowMs() + 60_000,
      tags: ["bulk-promote"],
    }));
    await enqueueJobs(engine, jobs, { actor: "test" });
    await test.value("update signalbox.scheduled set run_at_ms = signalbox.now_ms() - 1");
    const moved = await Promise.all(Array.from({ length: 8 }, () => promoteDueJobs(engine, 100)));
    const rest = await promoteDueJobs(engine, 1_000);
    expect(moved.reduce((sum, promotion) => sum + promotion.moved, rest.moved)).toBeGreaterThanOrEqual(500);
    expect(await test.value("select count(*)::int - count(distinct id)::int from signalbox.ready")).toBe(0);
    expect(await test.value("select count(*)::int from signalbox.scheduled")).toBe(0);
  });
});
