import { describe, expect, test } from "vitest";
import { press } from "#server/operations/testing/press.ts";
import { serveApi } from "./testing/serve-api.ts";

const { call, engine } = await serveApi();
const definition = { queue: "mail", inputSchema: true };
await call("PUT", "/definitions/urgent", definition);
await call("PUT", "/definitions/newsletter", { ...definition, sheddable: true });
const red = () => press(engine, { levels: { 2: "red" }, waitMs: 100_000 });

describe("submitting under pressure", () => {
  test("a refused job is 429 backpressure, as a problem, with Retry-After in whole seconds", async () => {
    await red();
    const reply = await call("POST", "/jobs", { definition: "newsletter", payload: 1 }, { as: "producer" });
    expect(reply).toMatchObject({
      status: 429,
      body: {
        type: "urn:signalbox:error:backpressure",
        code: "backpressure",
        status: 429,
        retryAfterMs: expect.any(Number),
        detail: expect.stringContaining("nothing was submitted"),
      },
    });
    expect(reply.headers.get("content-type")).toContain("application/problem+json");
    const seconds = Number(reply.headers.get("retry-after"));
    expect(seconds).toBe(Math.ceil(reply.body.retryAfterMs / 1_000));
    expect(seconds).toBeGreaterThanOrEqual(40);
  });

  test("an accepted job is answered with the pressure, and without it while there is none", async () => {
    await red();
    const pressed = await call("POST", "/jobs", { definition: "urgent", payload: 1 });
    expect(pressed).toMatchObject({ status: 201, body: { pressure: { level: "red", paceMs: 60_000 } } });
    await press(engine, {});
    expect((await call("POST", "/jobs", { definition: "urgent", payload: 1 })).body).not.toHaveProperty(
      "pressure",
    );
  });

  test("of a batch each job is accepted or refused by itself, each refusal with its time", async () => {
    await red();
    const jobs = [
      { definition: "newsletter", payload: 1 },
      { definition: "urgent", payload: 1 },
      { definition: "newsletter", payload: 1, priority: "critical" },
    ];
    const { status, body } = await call("POST", "/jobs/batch", { jobs });
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { error: { code: "backpressure", status: 429, retryAfterMs: expect.any(Number) } },
      { job: { definition: "urgent" }, pressure: { level: "red" } },
      { job: { definition: "newsletter" } },
    ]);
    expect(body.results[2]).not.toHaveProperty("pressure");
  });

  test("thresholds are set and cleared by PATCH, and shown by GET", async () => {
    const thresholds = { maxDepth: 3, maxOldestMs: null, action: "reject" };
    const patched = await call("PATCH", "/queues/mail", { thresholds: { maxDepth: 3 } });
    expect(patched).toMatchObject({ status: 200, body: { queue: { thresholds } } });
    expect(await call("GET", "/queues/mail")).toMatchObject({ body: { queue: { thresholds } } });
    await press(engine, { queues: { mail: { depth: 3, oldestMs: 0, startsPerSecond: 0, classes: null } } });
    expect(await call("POST", "/jobs", { definition: "urgent", payload: 1 })).toMatchObject({ status: 429 });
    expect(await call("PATCH", "/queues/mail", { thresholds: null })).toMatchObject({
      body: { queue: { thresholds: null } },
    });
    expect(await call("POST", "/jobs", { definition: "urgent", payload: 1 })).toMatchObject({ status: 201 });
  });

  test("the metrics tell levels, predicted waits, refusals and the storage guard", async () => {
    await red();
    await engine.admissions.flush();
    await engine.pool.query({
      text: "update signalbox.admission_counts set at_ms = at_ms - 10000",
    });
    const { body } = await call("GET", "/metrics");
    expect(body).toContain('signalbox_pressure_level{pool="default",definition="a",priority="normal"} 2');
    expect(body).toContain(
      'signalbox_predicted_wait_seconds{pool="default",definition="a",priority="normal"} 100',
    );
    expect(body).toMatch(
      /signalbox_submits_under_pressure_per_second\{queue="mail",cause="predicted-wait",answer="refused"\} 0\.0\d/,
    );
    expect(body).toContain("signalbox_storage_guard 0");
  });
});
