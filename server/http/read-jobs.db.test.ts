import { beforeAll, describe, expect, test } from "vitest";
import { jobDetailSchema } from "./schemas/job-schemas.ts";
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

describe("reading jobs", () => {
  test("pages through the list by the cursor", async () => {
    const correlationId = "paging";
    const jobs = Array.from({ length: 5 }, (_, payload) => ({
      definition: "anything",
      payload,
      correlationId,
    }));
    await call("POST", "/jobs/batch", { jobs });
    const seen: unknown[] = [];
    for (let cursor = ""; ; ) {
      const page = await call("GET", `/jobs?correlationId=${correlationId}&limit=2${cursor}`, undefined, {
        as: "producer",
      });
      expect(page.status).toBe(200);
      seen.push(...page.body.jobs.map((job: { payload: unknown }) => job.payload));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(seen).toEqual([4, 3, 2, 1, 0]);
  });

  test("one job has attempts, events and waiting reasons", async () => {
    const { body } = await call("POST", "/jobs", { definition: "anything", payload: 1 });
    const reply = await call("GET", `/jobs/${body.job.id}`, undefined, { as: "producer" });
    expect(reply.status).toBe(200);
    const job = jobDetailSchema.parse(reply.body.job);
    expect(job.events).toMatchObject([
      { kind: "submitted", from: null, to: "available", actor: "token:operator" },
    ]);
    expect(job.waitingReasons.map((reason) => reason.kind)).toEqual(["no-worker", "in-line"]);
    expect(job.attempts).toEqual([]);
  });

  test.each([
    "state=asleep",
    "state=",
    "priority=urgent",
    "class=sad",
    "limit=0",
    "limit=201",
    "limit=1.5",
    "limit=x",
    "since=yesterday",
    "color=red",
    "tag=a&tag=b",
    "queue=No%20Queue",
    "q=",
    "q=%00",
  ])("refuses the filter %s by 422", async (query) => {
    const reply = await call("GET", `/jobs?${query}`);
    expect(reply).toMatchObject({ status: 422, body: { code: "validation" } });
    expect(reply.body.errors[0].path).toBe(`/${query.split("=")[0]}`);
  });

  test("a cursor of another list, or of nobody, is 400", async () => {
    for (const cursor of ["abc", "WyJhYmMiXQ", "!!!", "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OSJd"])
      expect(await call("GET", `/jobs?cursor=${cursor}`)).toMatchObject({
        status: 400,
        body: { code: "bad_cursor" },
      });
  });

  test("ids that are nobody's or cannot be ids are 404", async () => {
    for (const id of ["1", "0", "-5", "abc", "99999999999999999999", "1e3", "%00", "1%2F2"])
      expect((await call("GET", `/jobs/${id}`)).status, id).toBe(404);
  });
});

describe("acting on jobs", () => {
  test("cancel ends a waiting job, and once only", async () => {
    const { id } = (await call("POST", "/jobs", { definition: "anything", payload: 1 })).body.job;
    const reply = await call("POST", `/jobs/${id}/cancel`, { reason: "not needed" });
    expect(reply).toMatchObject({ status: 200, body: { job: { id, state: "cancelled" } } });
    expect(reply.body.job.finishedAt).not.toBeNull();
    expect(await call("POST", `/jobs/${id}/cancel`, { reason: "again" })).toMatchObject({
      status: 409,
      body: { code: "invalid_state" },
    });
    const { events } = (await call("GET", `/jobs/${id}`)).body.job;
    expect(events.at(-1)).toMatchObject({
      kind: "cancelled",
      from: "available",
      to: "cancelled",
      actor: "token:operator",
      because: ["not needed"],
    });
  });

  test("retry runs a scheduled or cancelled job now, with another payload if wanted", async () => {
    const { id } = (
      await call("POST", "/jobs", { definition: "send-invoice", payload, runAt: "2100-01-01T00:00:00Z" })
    ).body.job;
    expect(await call("POST", `/jobs/${id}/retry`, { reason: "r", payload: { invoiceId: 1 } })).toMatchObject(
      { status: 422 },
    );
    const reply = await call("POST", `/jobs/${id}/retry`, { reason: "now", payload: { invoiceId: "7" } });
    expect(reply).toMatchObject({
      status: 200,
      body: { job: { state: "available", payload: { invoiceId: "7" } } },
    });
    expect(await call("POST", `/jobs/${id}/retry`)).toMatchObject({
      status: 409,
      body: { code: "invalid_state" },
    });
    expect(await call("POST", "/jobs/5/retry", { reason: "x" })).toMatchObject({ status: 404 });
    expect(await call("POST", `/jobs/${id}/cancel`, { reason: "x", payload: 1 })).toMatchObject({
      status: 422,
    });
    expect(await call("POST", `/jobs/${id}/cancel`, { reason: 5 })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/reason" }] },
    });
  });
});
