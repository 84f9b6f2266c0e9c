import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { postWebhook, type SendOptions, signature } from "./post-webhook.ts";

const nowMs = 1_700_000_000_500;
const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}
const send = (url: string, options: Partial<SendOptions> = {}) =>
  postWebhook(
    { id: "7", url, secret: "whsec_s", event: "alert.opened", body: { event: "alert.opened" }, sends: 1 },
    { nowMs, allowPrivate: true, ...options },
  );
async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

describe("posting to a webhook", () => {
  it("signs the time and the body with the secret, which itself is not sent", async () => {
    const told = new Promise<{ headers: IncomingMessage["headers"]; body: string }>((resolve) => {
      void listen(async (request, response) => {
        const body = await bodyOf(request);
        response.end("thanks");
        resolve({ headers: request.headers, body });
      }).then((url) => send(url));
    });
    const { headers, body } = await told;
    expect(JSON.parse(body)).toEqual({ id: "7", event: "alert.opened" });
    expect(headers["signalbox-signature"]).toBe(signature("whsec_s", 1_700_000_000, body));
    expect(headers).toMatchObject({ "signalbox-event": "alert.opened", "signalbox-delivery": "7" });
    expect(JSON.stringify(headers) + body).not.toContain("whsec_s");
  });

  it("takes any 2xx for delivered, and tells of anything else with what was answered, in part", async () => {
    const answers = (status: number, text: string) =>
      listen((_, response) => {
        response.statusCode = status;
        response.end(text);
      }).then((url) => send(url));
    expect(await answers(204, "")).toEqual({ delivered: true, status: 204, problem: null, retry: false });
    const refused = await answers(500, `no\u0000pe${"x".repeat(1_000)}`);
    expect(refused).toMatchObject({ delivered: false, status: 500, retry: true });
    expect(refused.problem).toMatch(/^it answered 500: nope/);
    expect(refused.problem?.length).toBeLessThan(300);
  });

  it("follows no redirect", async () => {
    let reached = false;
    const secret = await listen((_, response) => {
      reached = true;
      response.end();
    });
    const url = await listen((_, response) => {
      response.writeHead(307, { location: secret });
      response.end();
    });
    expect(await send(url)).toMatchObject({
      ...{ delivered: false, status: 307 },
      problem: expect.stringContaining("not followed"),
    });
    expect(reached).toBe(false);
  });

  it("reads no more of an endless answer than it needs", async () => {
    const url = await listen((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", pour);
      pour();
    });
    expect(await send(url)).toMatchObject({ delivered: true, status: 200 });
  });

  it("gives up on one that does not answer, or answers for ever byte by byte", async () => {
    const silent = await listen(() => undefined);
    expect(await send(silent, { timeoutMs: 50 })).toMatchObject({
      ...{ delivered: false, status: null, retry: true },
      problem: "it did not answer within 0.05 s",
    });
    const drips = await listen((_, response) => {
      const drip = setInterval(() => response.write("x"), 5);
      response.on("close", () => clearInterval(drip));
    });
    expect(await send(drips, { timeoutMs: 50 })).toMatchObject({ delivered: false, retry: true });
  });

  it("refuses private addresses, by number, by name and mapped, unless they are allowed, and does not try again", async () => {
    let reached = false;
    const url = await listen((_, response) => {
      reached = true;
      response.end();
    });
    const { port } = new URL(url);
    for (const host of [
      "127.0.0.1",
      "localhost",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "169.254.169.254",
      "10.0.0.1",
    ])
      expect(await send(`http://${host}:${port}/`, { allowPrivate: false })).toMatchObject({
        ...{ delivered: false, retry: false },
        problem: expect.stringContaining("private address"),
      });
    expect(reached).toBe(false);
  });

  it("says in words that nothing listens", async () => {
    const url = await listen(() => undefined);
    const server = servers.pop();
    server?.close();
    expect(await send(url)).toMatchObject({ problem: "nothing listens at the address", retry: true });
  });
});
