import { describe, expect, test } from "vitest";
import { serveApi } from "./testing/serve-api.ts";
import { type Offer, workerCalls } from "./testing/worker-calls.ts";

const { call } = await serveApi();
const { register, submit, claim, claimOne, settle, jobOf } = workerCalls(call);
const as = { as: "worker" } as const;

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
