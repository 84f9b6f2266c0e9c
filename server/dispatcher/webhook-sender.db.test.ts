import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it, vi } from "vitest";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { createWebhook } from "#server/operations/webhooks/create-webhook.ts";
import { testWebhook } from "#server/operations/webhooks/test-webhook.ts";
import { listDeliveries } from "#server/store/webhooks/list-deliveries.ts";
import { WebhookSender } from "./webhook-sender.ts";

const { engine, value } = await testEngine();
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

async function webhook(name: string, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const spec = { name, url, kinds: [], enabled: true };
  return (await createWebhook(engine, { spec, actor: "ann" })).id;
}
const told = async (id: string) => {
  await testWebhook(engine, { id, actor: "ann" });
};
const latest = async (id: string) => (await listDeliveries(engine.pool, id, null, 1))[0];
const dueNow = (id: string) =>
  value("update signalbox.webhook_deliveries set next_at_ms = 0 where webhook_id = $1", [id]);

describe("sending to webhooks", () => {
  it("tries again what was refused, and ends with the first 2xx", async () => {
    let calls = 0;
    const id = await webhook("recovers", (_, response) => {
      calls++;
      response.statusCode = calls === 1 ? 500 : 200;
      response.end("x");
    });
    const sender = new WebhookSender(engine, true);
    await told(id);
    await sender.tick();
    await sender.idle();
    expect(await latest(id)).toMatchObject({
      state: "waiting",
      sends: 1,
      status: 500,
      problem: "it answered 500: x",
    });
    await sender.tick();
    await sender.idle();
    expect(calls).toBe(1);
    await dueNow(id);
    await sender.tick();
    await sender.idle();
    expect(await latest(id)).toMatchObject({ state: "delivered", sends: 2, status: 200, problem: null });
  });

  it("is not held up by one that hangs", async () => {
    const hanging = await webhook("hangs", () => undefined);
    const healthy = await webhook("answers", (_, response) => response.end());
    const sender = new WebhookSender(engine, true);
    await told(hanging);
    for (let turn = 0; turn < 3; turn++) {
      await told(healthy);
      await sender.tick();
      await vi.waitFor(async () => expect(await latest(healthy)).toMatchObject({ state: "delivered" }));
    }
    expect(await latest(hanging)).toMatchObject({ state: "waiting", sends: 1 });
    for (const close of closing) close();
    await sender.idle();
    expect(await latest(hanging)).toMatchObject({ state: "waiting", problem: expect.any(String) });
  });

  it("gives up at once on a private address that is not allowed, and says so", async () => {
    const id = await webhook("inside", (_, response) => response.end());
    const sender = new WebhookSender(engine, false);
    await told(id);
    await sender.tick();
    await sender.idle();
    expect(await latest(id)).toMatchObject({
      ...{ state: "failed", sends: 1, nextAtMs: null },
      problem: expect.stringContaining("private address"),
    });
  });

  it("gives up after twelve sends", async () => {
    const id = await webhook("broken", (_, response) => {
      response.statusCode = 503;
      response.end();
    });
    const sender = new WebhookSender(engine, true);
    await told(id);
    for (let turn = 0; turn < 12; turn++) {
      await dueNow(id);
      await sender.tick();
      await sender.idle();
    }
    expect(await latest(id)).toMatchObject({ state: "failed", sends: 12, status: 503 });
  });

  it("sends each message from one dispatcher only, when there are several", async () => {
    let calls = 0;
    const id = await webhook("once", (_, response) => {
      calls++;
      response.end();
    });
    const senders = Array.from({ length: 4 }, () => new WebhookSender(engine, true));
    await told(id);
    await Promise.all(senders.map((sender) => sender.tick()));
    await Promise.all(senders.map((sender) => sender.idle()));
    expect(calls).toBe(1);
  });
});
