import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it, vi } from "vitest";
import { explainError } from "#server/http/answer/explain-error.ts";
import type { Engine } from "#server/operations/engine.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { createWebhook } from "#server/operations/webhooks/create-webhook.ts";
import { testWebhook } from "#server/operations/webhooks/test-webhook.ts";
import { listDeliveries } from "#server/store/webhooks/list-deliveries.ts";
import type { Log } from "#server/system/log.ts";
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

describe("the secret of a webhook", () => {
  /** Tables of the product in which a text stands anywhere. */
  async function tablesWith(text: string): Promise<string[]> {
    const { rows } = await engine.pool.query(
      `select relname as name from pg_class where relnamespace = 'signalbox'::regnamespace and relkind in ('r', 'p')
         and not relispartition order by relname`,
    );
    const holding: string[] = [];
    for (const { name } of rows)
      if (
        await value(`select exists (select from signalbox.${name} t where position($1 in t::text) > 0)`, [
          text,
        ])
      )
        holding.push(name as string);
    return holding;
  }

  it("stands in its own row and nowhere else: no message, audit entry, log or error has it, however sending goes", async () => {
    const said: string[] = [];
    const note = (facts: object, message: string) => void said.push(JSON.stringify(facts) + message);
    const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
    const id = await webhook("echoes", (request, response) => {
      // Whoever answers with all that it was sent.
      request.setEncoding("utf8");
      request.on("data", (body) => response.writeHead(500).end(JSON.stringify(request.headers) + body));
    });
    const secret = String(await value("select secret from signalbox.webhooks where id = $1", [id]));
    expect(secret).toMatch(/^whsec_/);
    const sender = new WebhookSender({ ...engine, log } as Engine, true);
    await told(id);
    await sender.tick();
    await sender.idle();
    expect(await latest(id)).toMatchObject({
      status: 500,
      problem: expect.stringContaining("signalbox-event"),
    });
    // The database refuses the row, and says of it what Postgres says.
    await value("alter table signalbox.webhooks add constraint none_more check (name <> 'refused')");
    const spec = { name: "refused", url: "https://example.com/", kinds: [], enabled: true };
    const refused = await createWebhook(engine, { spec, actor: "ann" }).catch((error: Error) => error);
    await value("alter table signalbox.webhooks drop constraint none_more");
    const { refusal } = explainError(refused, log);
    expect(refusal.code).toBe("internal");
    expect(said.join()).toContain("none_more");
    expect(`${said.join()} ${refusal.message}`).not.toContain("whsec_");
    expect(await tablesWith(secret)).toEqual(["webhooks"]);
    expect(await tablesWith(secret.slice("whsec_".length))).toEqual(["webhooks"]);
  });
});
