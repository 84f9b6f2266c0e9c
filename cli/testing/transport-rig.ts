import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { createWorker } from "#sdk/create-worker.ts";
import { defineJob } from "#sdk/define-job.ts";
import type { JobContext } from "#sdk/job-context.ts";
import { createTargetRunner } from "#sdk/target-runner.ts";
import { httpTransport } from "#sdk/transports/http.ts";
import { callHttpTarget } from "#server/dispatcher/call-http-target.ts";
import { createHttpApi } from "#server/http/http-api.ts";
import { ReadyWatch } from "#server/http/workers/ready-watch.ts";
import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import type { Engine } from "#server/operations/engine.ts";
import { createToken } from "#server/operations/tokens/create-token.ts";
import { silentLog } from "#server/system/log.ts";

/** What a test's handler is given by every transport. */
export type RigHandler = (
  input: unknown,
  context: Pick<JobContext, "signal" | "attempt" | "idempotencyToken">,
) => unknown;

export interface RigOptions {
  name: string;
  handler: RigHandler;
  concurrency?: number;
  /** Further keys of the definition's body. */
  body?: Record<string, unknown>;
  drainMs?: number;
}

/** A running worker of one transport. */
export interface Rig {
  stop(): Promise<void>;
}

export type StartRig = (options: RigOptions) => Promise<Rig>;

/** An answer a handler throws to fail with an HTTP status: what a target sends and what a client of it would throw. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, headers: Record<string, string> = {}) {
    super(`answered ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

/** The three ways to run a handler, on one engine: straight on Postgres, over HTTP, and as an HTTP target. */
export function transportRigs(engine: Engine, url: string): Record<"postgres" | "http" | "target", StartRig> {
  const leases = { leaseMs: 3_000, heartbeatMs: 500 };
  const define = ({ name, handler, body }: RigOptions) =>
    defineJob({ name, queue: "q", input: z.unknown(), handler, retryPolicy: quickRetry, ...body });
  return {
    postgres: async (options) => {
      const { concurrency = 5, drainMs } = options;
      const worker = createWorker({
        connectionString: url,
        jobs: [define(options)],
        concurrency,
        drainMs,
        log: silentLog,
        ...leases,
      });
      await worker.start();
      return worker;
    },
    http: async (options) => {
      const watch = new ReadyWatch({ connectionString: url });
      await watch.start();
      const api = createHttpApi({ engine, watch, ...leases });
      const server = await listen((request, response) => void api(request, response));
      const { token } = await createToken(engine, {
        name: `rig-${options.name}`,
        scope: "worker",
        actor: "test",
      });
      const transport = httpTransport({ url: urlOf(server), token });
      const { concurrency = 5, drainMs } = options;
      const worker = createWorker({
        transport,
        jobs: [define(options)],
        concurrency,
        drainMs,
        log: silentLog,
      });
      await worker.start();
      const stop = async () => {
        await worker.stop();
        server.closeAllConnections();
        server.close();
        await watch.close();
      };
      return { stop };
    },
    target: async ({ name, handler, concurrency = 5, body, drainMs }) => {
      const server = await listen((request, response) => void answerWith(handler, request, response));
      const target = { kind: "http", url: `${urlOf(server)}/run` };
      await putDefinition(engine, {
        name,
        body: { queue: "q", inputSchema: true, retryPolicy: quickRetry, ...body, target },
        actor: "test",
      });
      await engine.catalog.check();
      const runner = createTargetRunner({
        engine,
        connectionString: url,
        concurrency,
        drainMs,
        ...leases,
        call: (job, context, deadlineMs) =>
          callHttpTarget(
            {
              url: job.target,
              jobId: job.id,
              attempt: job.attempt,
              definition: job.definition,
              version: job.version,
              payload: job.payload,
              idempotencyToken: context.idempotencyToken,
              traceparent: job.traceparent,
              deadlineMs,
              signal: context.signal,
            },
            true,
          ),
      });
      await runner.start();
      const stop = async () => {
        await runner.stop();
        server.closeAllConnections();
        server.close();
      };
      return { stop };
    },
  };
}

/** Retries at once, so that a test waits for nothing. */
const quickRetry = { law: { kind: "constant", delayMs: 1 }, jitter: "none", maxAttempts: 4 } as const;

function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(handle);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A target that runs the handler and answers with what it returns or throws. */
async function answerWith(
  handler: RigHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
    payload: unknown;
    attempt: number;
    token: string;
  };
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const reply = (status: number, json: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(json ?? null));
  };
  try {
    reply(
      200,
      await handler(body.payload, {
        signal: gone.signal,
        attempt: body.attempt,
        idempotencyToken: body.token,
      }),
    );
  } catch (error) {
    if (error instanceof StatusError) reply(error.status, { error: error.message }, error.headers);
    else reply(500, { error: error instanceof Error ? error.message : "failed" });
  }
}
