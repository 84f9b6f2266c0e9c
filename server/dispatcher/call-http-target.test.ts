import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { callHttpTarget, maxAnswerBytes, TargetError } from "./call-http-target.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const call = (url: string, more: { signal?: AbortSignal; allowPrivate?: boolean; payload?: string } = {}) =>
  callHttpTarget(
    {
      url,
      jobId: "42",
      attempt: 3,
      definition: "bill",
      version: 2,
      payload: more.payload ?? '{"n":1}',
      idempotencyToken: "signalbox-42",
      traceparent: "00-aa-bb-01",
      deadlineMs: 1_700_000_000_000,
      signal: more.signal ?? new AbortController().signal,
    },
    more.allowPrivate ?? true,
  );
const answering = (status: number, body: string | Buffer, headers: Record<string, string> = {}) =>
  serve((request, response) => {
    request.resume();
    response.writeHead(status, headers);
    response.end(body);
  });
const json = { "content-type": "application/json; charset=utf-8" };
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("calling a target", () => {
  it("posts the job with attempt, token, deadline and the payload as it was submitted", async () => {
    let seen: { method?: string; headers: Record<string, unknown>; body: string } | undefined;
    const url = await serve(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      seen = { method: request.method, headers: request.headers, body };
      response.writeHead(204).end();
    });
    expect(await call(url, { payload: '{"big":12345678901234567890,"text":"ä\u2028"}' })).toBeNull();
    expect(seen?.method).toBe("POST");
    expect(seen?.headers).toMatchObject({
      "idempotency-key": "signalbox-42",
      "signalbox-job": "42",
      "signalbox-attempt": "3",
      "signalbox-deadline": "2023-11-14T22:13:20.000Z",
      traceparent: "00-aa-bb-01",
    });
    expect(seen?.body).toContain('"payload":{"big":12345678901234567890,"text":"ä\u2028"}');
    expect(JSON.parse(seen?.body ?? "")).toMatchObject({
      id: "42",
      attempt: 3,
      definition: "bill",
      version: 2,
      token: "signalbox-42",
    });
  });

  it("takes a JSON body for the output, and any other 2xx for done without one", async () => {
    expect(await call(await answering(200, '{"ok":[1]}', json))).toEqual({ ok: [1] });
    expect(await call(await answering(201, "{}", { "content-type": "application/vnd.api+json" }))).toEqual(
      {},
    );
    expect(await call(await answering(200, "<p>fine</p>", { "content-type": "text/html" }))).toBeNull();
    expect(await call(await answering(202, ""))).toBeNull();
  });

  it("fails with status, Retry-After in ms (seconds or a date) and who answered", async () => {
    const later = new Date(Date.UTC(2100, 0, 1)).toUTCString();
    const busy = await failureOf(call(await answering(429, "slow down", { "retry-after": "7" })));
    expect(busy).toBeInstanceOf(TargetError);
    expect(busy).toMatchObject({
      httpStatus: 429,
      retryAfterMs: 7_000,
      dependency: expect.stringContaining("127.0.0.1"),
      message: expect.stringContaining("slow down"),
    });
    const down = await failureOf(call(await answering(503, "", { "retry-after": later })));
    expect(down).toMatchObject({ httpStatus: 503, retryAfterMs: expect.any(Number) });
    expect((down as TargetError).retryAfterMs).toBeGreaterThan(60_000);
    expect(await failureOf(call(await answering(500, "", { "retry-after": "soon" })))).toMatchObject({
      retryAfterMs: null,
    });
  });

  it("follows no redirect", async () => {
    const elsewhere = vi.fn();
    const target = await serve((_request, response) => {
      elsewhere();
      response.end();
    });
    for (const status of [301, 302, 307, 308])
      expect(await failureOf(call(await answering(status, "", { location: target })))).toMatchObject({
        httpStatus: status,
      });
    expect(elsewhere).not.toHaveBeenCalled();
  });

  it("reads no more of an answer than its limit, 10 MB or without end", async () => {
    const long = await failureOf(call(await answering(200, Buffer.alloc(10_000_000, 32), json)));
    expect(long).toMatchObject({ httpStatus: 200, message: expect.stringContaining(String(maxAnswerBytes)) });
    let written = 0;
    const endless = await serve((_request, response) => {
      response.writeHead(200, json);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 32))) written += 65_536;
      };
      response.on("drain", more);
      more();
    });
    expect(await failureOf(call(endless))).toMatchObject({ httpStatus: 200 });
    expect(written).toBeLessThan(50_000_000);
    const refusal = await failureOf(call(await answering(400, "x".repeat(1_000_000))));
    expect((refusal as Error).message.length).toBeLessThan(5_000);
  });

  it("fails when the answer says it is JSON and is not", async () => {
    expect(await failureOf(call(await answering(200, "{nope", json)))).toMatchObject({
      httpStatus: 200,
      message: expect.stringContaining("not"),
    });
  });

  it("rejects with the reason of its signal, before the answer and in the middle of it", async () => {
    const silent = await serve((request) => void request.resume());
    const slow = await serve((request, response) => {
      request.resume();
      response.writeHead(200, json);
      response.write("{");
    });
    for (const url of [silent, slow]) {
      const stopping = new AbortController();
      const reason = new Error("out of time");
      const arrived = new Promise<void>((resolve) =>
        servers
          .find((server) => url.endsWith(`:${(server.address() as AddressInfo).port}`))
          ?.once("request", () => resolve()),
      );
      const failure = failureOf(call(url, { signal: stopping.signal }));
      await arrived;
      await new Promise((resolve) => setImmediate(resolve));
      stopping.abort(reason);
      expect(await failure).toBe(reason);
    }
    const gone = new AbortController();
    gone.abort(new Error("already"));
    expect(await failureOf(call(silent, { signal: gone.signal }))).toMatchObject({ message: "already" });
  });

  it("rejects with the network's own error", async () => {
    const url = await answering(200, "");
    servers[0]?.close();
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await failureOf(call(url))).toMatchObject({ code: "ECONNREFUSED" });
    const broken = await serve((request) => request.socket.destroy());
    expect(await failureOf(call(broken))).toMatchObject({ code: "ECONNRESET" });
  });
});

describe("a private target", () => {
  it("is refused by address, by name and in every spelling, without being connected to", async () => {
    const listener = vi.fn();
    const port = new URL(await serve(listener)).port;
    const hosts = [
      "127.0.0.1",
      "localhost",
      "0.0.0.0",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "2130706433",
      "0x7f.1",
    ];
    for (const host of hosts)
      expect(await failureOf(call(`http://${host}:${port}/`, { allowPrivate: false }))).toMatchObject({
        code: "ERR_PRIVATE_ADDRESS",
      });
    expect(listener).not.toHaveBeenCalled();
  });
});
