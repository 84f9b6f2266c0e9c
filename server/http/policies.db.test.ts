import { describe, expect, test } from "vitest";
import { serveApi } from "./testing/serve-api.ts";

const { call } = await serveApi();
const definition = { queue: "billing", inputSchema: { type: "object" } };

describe("policies", () => {
  const policy = {
    law: { kind: "exponential", baseMs: 1000, factor: 2, capMs: 60_000 },
    jitter: "none",
    maxAttempts: 4,
    honourRetryAfter: true,
  };

  test("PUT makes versions, definitions may name them, GET shows them", async () => {
    expect(await call("PUT", "/policies/patient", policy)).toMatchObject({
      status: 201,
      body: { name: "patient", version: 1, policy: { maxAttempts: 4 } },
    });
    expect(await call("PUT", "/policies/patient", { ...policy, minDelayMs: 0 })).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
    expect(await call("PUT", "/policies/patient", { ...policy, maxAttempts: 6 })).toMatchObject({
      status: 201,
      body: { version: 2 },
    });
    expect(await call("PUT", "/policies/patient", { ...policy, expectedVersion: 1 })).toMatchObject({
      status: 409,
    });
    expect((await call("GET", "/policies/patient?version=1")).body.policy).toMatchObject({
      version: 1,
      latestVersion: 2,
      maxAttempts: 4,
    });
    await call("PUT", "/definitions/patient-work", { ...definition, retryPolicy: "patient" });
    expect(
      (await call("POST", "/jobs", { definition: "patient-work", payload: {} })).body.job.maxAttempts,
    ).toBe(6);
  });

  test("the built-in default is always there", async () => {
    expect((await call("GET", "/policies/default")).body.policy).toMatchObject({
      name: "default",
      version: 0,
      maxAttempts: 8,
    });
    expect((await call("GET", "/policies")).body.policies.map((each: { name: string }) => each.name)).toEqual(
      ["default", "patient"],
    );
    expect(
      (await call("GET", "/policies?limit=1")).body.policies.map((each: { name: string }) => each.name),
    ).toEqual(["default"]);
    expect(await call("GET", "/policies/nobody")).toMatchObject({ status: 404 });
  });

  test("simulate shows the schedule, the same for the same seed, and why it gives up", async () => {
    const ask = (body: object) =>
      call("POST", "/policies/simulate", {
        policy,
        attempts: 10,
        seed: 7,
        failureClass: "transient",
        ...body,
      });
    const plain = await ask({});
    expect(plain.body).toMatchObject({ delaysMs: [1000, 2000, 4000], giveUpReason: "max-attempts" });
    expect(plain.body.runAt).toHaveLength(3);
    const jittered = { policy: { ...policy, jitter: "full" } };
    expect((await ask(jittered)).body.delaysMs).toEqual((await ask(jittered)).body.delaysMs);
    expect((await ask({ failureClass: "bug" })).body).toMatchObject({
      delaysMs: [],
      giveUpReason: "class-not-retried",
    });
    expect((await ask({ policy: { name: "patient" }, attempts: 3 })).body).toMatchObject({
      delaysMs: [1000, 2000],
      giveUpReason: null,
    });
    expect(await ask({ policy: { name: "nobody" } })).toMatchObject({ status: 404 });
    expect(await ask({ attempts: 0 })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/attempts" }] },
    });
    expect(await ask({ policy: { ...policy, jitter: "wild" } })).toMatchObject({ status: 422 });
  });
});

describe("rules", () => {
  const rule = {
    match: { errorName: "OddError" },
    class: "permanent",
    origin: "data",
    remediation: "look at it",
  };

  test("PUT replaces them as a version, and the next failure is classified by them", async () => {
    expect((await call("GET", "/rules")).body).toEqual({ version: 0, rules: [] });
    const put = await call("PUT", "/rules", { rules: [rule] });
    expect(put).toMatchObject({
      status: 201,
      body: { version: 1, rules: [{ id: "rule-1", class: "permanent" }] },
    });
    expect(await call("PUT", "/rules", { rules: [rule] })).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
    expect(await call("PUT", "/rules", { rules: [], expectedVersion: 0 })).toMatchObject({ status: 409 });
    expect((await call("GET", "/rules")).body).toMatchObject({
      version: 1,
      rules: [{ match: { errorName: "OddError" } }],
    });
  });

  test("classify answers for an error, replacing text that cannot be kept", async () => {
    const reply = await call("POST", "/rules/classify", {
      error: { name: "Error", message: "a\u0000b", class: "permanent" },
    });
    expect(reply).toMatchObject({ status: 200, body: { class: "permanent", rule: null } });
    expect(reply.body.fingerprint).toMatch(/^[0-9a-f]+$/);
    expect(await call("POST", "/rules/classify", { error: "boom" })).toMatchObject({ status: 422 });
  });

  test.each<[object, string]>([
    [{ rules: [{ ...rule, match: {} }] }, "/rules/0/match"],
    [{ rules: [{ ...rule, class: "sad" }] }, "/rules/0/class"],
    [{ rules: [{ ...rule, match: { errorName: "a\u0000" } }] }, "/rules/0/match/errorName"],
    [{ rules: "none" }, "/rules"],
    [{}, "/rules"],
  ])("refuses %j", async (body, path) => {
    expect(await call("PUT", "/rules", body)).toMatchObject({
      status: 422,
      body: { code: "validation", errors: [{ path }] },
    });
  });
});
