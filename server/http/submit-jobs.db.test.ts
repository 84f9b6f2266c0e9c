import { beforeAll, describe, expect, test } from "vitest";
import { jobSchema } from "./schemas/job-schemas.ts";
import { serveApi } from "./testing/serve-api.ts";

const { call } = await serveApi();
const inputSchema = {
  type: "object",
  properties: { invoiceId: { type: "string" } },
  required: ["invoiceId"],
  additionalProperties: false,
};
const payload = { invoiceId: "42" };

beforeAll(async () => {
  const put = await call("PUT", "/definitions/send-invoice", {
    queue: "billing",
    priority: "high",
    inputSchema,
  });
  expect(put.status).toBe(201);
  expect((await call("PUT", "/definitions/anything", { queue: "misc", inputSchema: true })).status).toBe(201);
});

describe("submitting a job", () => {
  test("answers 201 with the whole job", async () => {
    const reply = await call(
      "POST",
      "/jobs",
      { definition: "send-invoice", payload, tags: ["x"], correlationId: "c1" },
      { as: "producer" },
    );
    expect(reply.status).toBe(201);
    const job = jobSchema.parse(reply.body.job);
    expect(job).toMatchObject({
      definition: "send-invoice",
      version: 1,
      queue: "billing",
      priority: "high",
      state: "available",
      payload,
      attempt: 0,
    });
    expect(job).toMatchObject({
      failures: 0,
      maxAttempts: 8,
      tags: ["x"],
      correlationId: "c1",
      dependsOn: [],
      lastError: null,
      output: null,
    });
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("a concurrencyKey stays on the job; where its queue limits keys the job is held until it is admitted", async () => {
    const body = { definition: "send-invoice", payload, concurrencyKey: "tenant/42 ü" };
    const free = await call("POST", "/jobs", body);
    expect(free).toMatchObject({
      status: 201,
      body: { job: { concurrencyKey: "tenant/42 ü", state: "available" } },
    });
    const { queue } = free.body.job;
    await call("PATCH", `/queues/${queue}`, { maxRunningPerKey: 1 });
    const [plain, keyed] = (
      await call("POST", "/jobs/batch", { jobs: [{ definition: "send-invoice", payload }, body] })
    ).body.results.map((each: { job: { id: string } }) => each.job.id);
    const stateOf = async (id: string) => (await call("GET", `/jobs/${id}`)).body.job;
    expect(await stateOf(plain)).toMatchObject({ state: "available", concurrencyKey: null });
    expect(await stateOf(keyed)).toMatchObject({
      state: "held",
      waitingReasons: [{ kind: "concurrency-key", binding: true, ref: { kind: "queue", id: queue } }, {}],
    });
    await call("PATCH", `/queues/${queue}`, { maxRunningPerKey: null });
  });

  test.each(["", "x".repeat(201), 7, null, "a\u0000b"])(
    "refuses the concurrencyKey %j",
    async (concurrencyKey) => {
      expect(
        await call("POST", "/jobs", { definition: "send-invoice", payload, concurrencyKey }),
      ).toMatchObject({ status: 422, body: { code: "validation", errors: [{ path: "/concurrencyKey" }] } });
    },
  );

  test("the same idempotencyKey is answered with the first job, and has a receipt", async () => {
    const body = { definition: "send-invoice", payload, idempotencyKey: "invoice/42 ü" };
    const first = await call("POST", "/jobs", body);
    const second = await call("POST", "/jobs", { ...body, payload: { invoiceId: "43" } });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toMatchObject({ deduplicated: true, job: { id: first.body.job.id, payload } });
    expect(first.body.deduplicated).toBeUndefined();
    const receipt = await call(
      "GET",
      `/receipts/send-invoice/${encodeURIComponent("invoice/42 ü")}`,
      undefined,
      { as: "producer" },
    );
    expect(receipt).toMatchObject({
      status: 200,
      body: { receipt: { jobId: first.body.job.id, state: "available", output: null } },
    });
    expect(Date.parse(receipt.body.receipt.expiresAt)).toBeGreaterThan(Date.parse(first.body.job.createdAt));
    expect(await call("GET", "/receipts/send-invoice/other")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });

  test("a job due later is scheduled, and null is a payload", async () => {
    const runAt = "2100-01-01T00:00:00.000Z";
    const reply = await call("POST", "/jobs", {
      definition: "anything",
      payload: null,
      runAt,
      priority: "bulk",
    });
    expect(reply.body.job).toMatchObject({ state: "scheduled", runAt, payload: null, priority: "bulk" });
  });

  test.each<[string, unknown, number, string, string]>([
    ["an unknown definition", { definition: "nobody", payload }, 404, "unknown_definition", "/definition"],
    [
      "a payload against the schema",
      { definition: "send-invoice", payload: { invoiceId: 42 } },
      422,
      "validation",
      "/payload/invoiceId",
    ],
    [
      "a missing property",
      { definition: "send-invoice", payload: {} },
      422,
      "validation",
      "/payload/invoiceId",
    ],
    ["a missing payload", { definition: "anything" }, 422, "validation", "/payload"],
    ["an unknown key", { definition: "anything", payload, color: 1 }, 422, "validation", "/color"],
    ["a bad time", { definition: "anything", payload, runAt: "tomorrow" }, 422, "validation", "/runAt"],
    ["a bad class", { definition: "anything", payload, priority: "urgent" }, 422, "validation", "/priority"],
    [
      "too deep a payload",
      { definition: "anything", payload: nested(70) },
      422,
      "validation",
      `/payload${"/0".repeat(64)}`,
    ],
    [
      "U+0000 in a payload",
      { definition: "anything", payload: { a: ["x\u0000y"] } },
      422,
      "validation",
      "/payload/a/0",
    ],
    [
      "a lone surrogate in a key",
      { definition: "anything", payload: { "\ud800": 1 } },
      422,
      "validation",
      "/payload/\ufffd",
    ],
    [
      "too large a payload",
      { definition: "anything", payload: "x".repeat(262_145) },
      413,
      "too_large",
      "/payload",
    ],
    [
      "work of later versions",
      { definition: "anything", payload, dependsOn: ["1"] },
      422,
      "unsupported",
      "/dependsOn",
    ],
    [
      "an ordering key",
      { definition: "anything", payload, orderingKey: "a" },
      422,
      "unsupported",
      "/orderingKey",
    ],
  ])("refuses %s, naming the field", async (_name, body, status, code, path) => {
    const reply = await call("POST", "/jobs", body);
    expect(reply.headers.get("content-type")).toContain("application/problem+json");
    expect(reply.body).toMatchObject({
      status,
      code,
      type: expect.stringMatching(/^urn:/),
      title: expect.any(String),
    });
    expect(reply.status).toBe(status);
    expect(reply.body.errors.map((error: { path: string }) => error.path)).toContain(path);
    expect(reply.body.detail).not.toMatch(/undefined|\[object/);
  });

  test("a body that is empty, broken, encoded or no UTF-8 is 400", async () => {
    for (const body of ["", "{", '{"definition":}', "nope", '{"a":1}x']) {
      const reply = await call("POST", "/jobs", body);
      expect(reply, body).toMatchObject({ status: 400, body: { code: "bad_request" } });
    }
    expect(await call("POST", "/jobs", "{}", { headers: { "content-encoding": "gzip" } })).toMatchObject({
      status: 400,
    });
  });

  test("a body over 1 MiB is 413, whether it says its length or not", async () => {
    const large = JSON.stringify({ definition: "anything", payload: ["x".repeat(1_048_576)] });
    expect(await call("POST", "/jobs", large)).toMatchObject({ status: 413, body: { code: "too_large" } });
  });
});

describe("submitting a batch", () => {
  test("accepts and refuses each by itself, in order", async () => {
    const jobs = [
      { definition: "send-invoice", payload },
      { definition: "nobody", payload },
      { definition: "send-invoice", payload: {} },
      "not a job",
      { definition: "anything", payload: { note: "x\u0000" } },
      { definition: "anything", payload: 1, idempotencyKey: "b1" },
      { definition: "anything", payload: 2, idempotencyKey: "b1" },
    ];
    const reply = await call("POST", "/jobs/batch", { jobs }, { as: "producer" });
    expect(reply.status).toBe(200);
    const results = reply.body.results as {
      job?: { id: string; payload: unknown };
      error?: { code: string };
      deduplicated?: boolean;
    }[];
    expect(results.map((result) => result.error?.code ?? "ok")).toEqual([
      "ok",
      "unknown_definition",
      "validation",
      "validation",
      "validation",
      "ok",
      "ok",
    ]);
    expect(results[6]?.job?.id).toBe(results[5]?.job?.id);
    expect(results[6]).toMatchObject({ deduplicated: true, job: { payload: 1 } });
    jobSchema.parse(results[0]?.job);
  });

  test("takes 1,000 jobs and refuses 1,001, and takes bodies over 1 MiB", async () => {
    const some = (count: number, size = 1) => ({
      jobs: Array.from({ length: count }, () => ({ definition: "anything", payload: "x".repeat(size) })),
    });
    const reply = await call("POST", "/jobs/batch", some(1_000, 2_000));
    expect(reply.status).toBe(200);
    expect(new Set(reply.body.results.map((result: { job: { id: string } }) => result.job.id)).size).toBe(
      1_000,
    );
    expect(await call("POST", "/jobs/batch", some(1_001))).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/jobs" }] },
    });
    expect(await call("POST", "/jobs/batch", { jobs: [] })).toMatchObject({ status: 422 });
    expect(await call("POST", "/jobs/batch", some(40, 250_000))).toMatchObject({ status: 413 });
  });
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
