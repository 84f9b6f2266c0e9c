import { describe, expect, it } from "vitest";
import { validationError } from "../validation-error.ts";
import { maxBatchJobs, submitBatchSchema, submitSchema } from "./submit.ts";

const body = { definition: "send-invoice", payload: { invoiceId: "42" } };

function refusal(change: Record<string, unknown>) {
  const parsed = submitSchema.safeParse({ ...body, ...change });
  if (parsed.success) throw new Error("the job was accepted");
  return validationError(parsed.error, "the job");
}

describe("submitSchema", () => {
  it("takes a bare job and one with everything, and gives the run time in milliseconds", () => {
    expect(submitSchema.parse(body)).toEqual(body);
    const full = {
      ...body,
      priority: "bulk",
      idempotencyKey: "invoice-42",
      tags: ["eu", "x".repeat(60)],
      correlationId: "order-7",
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
    expect(submitSchema.parse({ ...full, runAt: "2026-01-02T03:04:05.250+01:00" })).toEqual({
      ...full,
      runAtMs: Date.UTC(2026, 0, 2, 2, 4, 5, 250),
    });
  });

  it("takes any JSON as a payload, null too, but not none", () => {
    for (const payload of [null, 0, "", [], false]) {
      expect(submitSchema.parse({ ...body, payload })).toMatchObject({ payload });
    }
    expect(refusal({ payload: undefined }).errors).toMatchObject([{ path: "/payload" }]);
    expect(submitSchema.safeParse({ definition: "a" }).success).toBe(false);
  });

  it.each(["dependsOn", "orderingKey", "ref"])("refuses %s as unsupported, never ignores it", (key) => {
    for (const value of ["a", [], null]) {
      const error = refusal({ [key]: value });
      expect(error.code).toBe("unsupported");
      expect(error.status).toBe(422);
      expect(error.errors).toMatchObject([{ path: `/${key}` }]);
    }
  });

  it("calls a job that is also wrong otherwise invalid, and names both", () => {
    const error = refusal({ orderingKey: "a", priority: "urgent" });
    expect(error.code).toBe("validation");
    expect(error.errors.map(({ path }) => path).sort()).toEqual(["/orderingKey", "/priority"]);
  });

  it.each([
    [{ definition: "Send Invoice" }, "/definition"],
    [{ runAt: "tomorrow" }, "/runAt"],
    [{ runAt: "2026-01-02T03:04:05" }, "/runAt"],
    [{ runAt: "2026-02-30T00:00:00Z" }, "/runAt"],
    [{ runAt: 1_700_000_000_000 }, "/runAt"],
    [{ idempotencyKey: "" }, "/idempotencyKey"],
    [{ idempotencyKey: "k".repeat(201) }, "/idempotencyKey"],
    [{ idempotencyKey: "a\u0000" }, "/idempotencyKey"],
    [{ tags: new Array(21).fill("t") }, "/tags"],
    [{ tags: ["ok", "t".repeat(61)] }, "/tags/1"],
    [{ correlationId: "\udc00" }, "/correlationId"],
    [{ traceparent: "00-xyz" }, "/traceparent"],
    [{ delay: 5 }, "/delay"],
  ])("refuses %j at %s", (change, path) => {
    expect(refusal(change).code).toBe("validation");
    expect(refusal(change).errors.map((error) => error.path)).toEqual([path]);
  });
});

describe("submitBatchSchema", () => {
  it("takes 1 to 1,000 jobs and leaves each to its own verdict", () => {
    const batch = (count: number) =>
      submitBatchSchema.safeParse({ jobs: new Array(count).fill("not a job") }).success;
    expect([0, 1, maxBatchJobs, maxBatchJobs + 1].map(batch)).toEqual([false, true, true, false]);
    expect(submitBatchSchema.safeParse({ jobs: [1], atomic: true }).success).toBe(false);
  });
});
