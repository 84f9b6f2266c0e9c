import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { createHttpApi } from "#server/http/http-api.ts";
import { ReadyWatch } from "#server/http/workers/ready-watch.ts";
import { press } from "#server/operations/testing/press.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { createToken } from "#server/operations/tokens/create-token.ts";
import { silentLog } from "#server/system/log.ts";
import { BackpressureError, createHttpProducer, createProducer } from "./index.ts";

const test = await testEngine();
const { engine } = test;
await test.define("newsletter", { sheddable: true });
await test.define("urgent");
const red = () => press(engine, { levels: { 2: "red" }, waitMs: 100_000 });
await red();
const producer = await createProducer({ connectionString: test.url, log: silentLog });
const watch = new ReadyWatch({ connectionString: test.url });
await watch.start();
const handle = createHttpApi({ engine, watch });
let calls = 0;
const server = createServer((request, response) => {
  calls++;
  void handle(request, response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { token } = await createToken(engine, { name: "p", scope: "producer", actor: "test" });
afterAll(async () => {
  await producer.close();
  await watch.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
const outcome = (submit: Promise<unknown>) => submit.catch((error: unknown) => error);

describe("a producer on Postgres under pressure", () => {
  it("rejects with an error that says when to come again, or accepts with a signal where it was asked to", async () => {
    const refused = await outcome(producer.enqueue("newsletter", 1));
    expect(refused).toBeInstanceOf(BackpressureError);
    expect((refused as BackpressureError).retryAfterMs).toBeGreaterThanOrEqual(40_000);
    expect(await producer.enqueue("newsletter", 1, { onPressure: "signal" })).toMatchObject({
      id: expect.any(String),
      pressure: { level: "red" },
    });
    expect(await producer.enqueue("urgent", 1)).toMatchObject({ pressure: { level: "red" } });
  });

  it("keeps what submits at one moment want apart", async () => {
    const both = await Promise.all([
      producer.enqueue("newsletter", 1, { onPressure: "signal" }),
      outcome(producer.enqueue("newsletter", 1)),
      producer.enqueue("newsletter", 1, { onPressure: "signal" }),
    ]);
    expect(both).toMatchObject([{ pressure: {} }, { code: "backpressure" }, { pressure: {} }]);
  });

  it("signals within a caller's transaction, and says of each of many what became of it", async () => {
    const client = await engine.pool.connect();
    await client.query("begin");
    expect(await producer.enqueue("newsletter", 1, { tx: client })).toMatchObject({
      pressure: { level: "red" },
    });
    const asked = producer.enqueue("newsletter", 1, { tx: client, onPressure: "reject" });
    expect(await outcome(asked)).toBeInstanceOf(BackpressureError);
    await client.query("commit");
    client.release();
    const jobs = [
      { definition: "newsletter", payload: 1 },
      { definition: "urgent", payload: 1 },
    ];
    expect(await producer.enqueueMany(jobs)).toMatchObject([
      { code: "backpressure" },
      { id: expect.any(String) },
    ]);
  });
});

describe("a producer over HTTP under pressure", () => {
  it("hears the refusal as a typed error, and refuses most of what follows itself without a call", async () => {
    await red();
    const http = createHttpProducer({ url, token });
    const errors: BackpressureError[] = [];
    const before = calls;
    for (let turn = 0; turn < 200; turn++)
      errors.push((await outcome(http.enqueue("newsletter", 1))) as BackpressureError);
    expect(errors.every((error) => error instanceof BackpressureError && error.retryAfterMs >= 1_000)).toBe(
      true,
    );
    expect(errors[0]?.by).toBe("signalbox");
    expect(errors.some(({ by }) => by === "client")).toBe(true);
    // A tenth goes through, so that it hears of the end.
    expect(calls - before).toBeGreaterThan(5);
    expect(calls - before).toBeLessThan(60);
    expect(await http.enqueue("urgent", 1)).toMatchObject({ pressure: { level: "red" } });
  });

  it("submits many in one call, each with its own answer, and bad input as the API says it", async () => {
    await red();
    const http = createHttpProducer({ url, token });
    const results = await http.enqueueMany([
      { definition: "newsletter", payload: 1 },
      { definition: "urgent", payload: 1, tags: ["a"] },
      { definition: "nobody", payload: 1 },
    ]);
    expect(results).toMatchObject([
      { code: "backpressure", retryAfterMs: expect.any(Number) },
      { id: expect.any(String), deduplicated: false },
      { code: "unknown_definition" },
    ]);
    const wrong = createHttpProducer({ url, token: "sbx_producer_wrong" });
    expect(await outcome(wrong.enqueue("urgent", 1))).toMatchObject({ code: "unauthenticated" });
  });
});
