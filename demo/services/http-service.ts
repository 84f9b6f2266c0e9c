import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { NowMs, Random } from "#core/clock.ts";
import { answerControl } from "./answer-control.ts";
import { decideFault } from "./decide-fault.ts";
import { type FaultSettings, noFaults, type ServiceName } from "./fault-settings.ts";
import { readJson } from "./read-json.ts";
import { findRoute, refusal, type ServiceReply, type ServiceRoute } from "./route.ts";
import { sendJson } from "./send-json.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What a service counted since it started: calls that came, answers by status, calls left hanging. */
export interface ServiceStats {
  requests: number;
  byStatus: Record<string, number>;
  hung: number;
}

/** One service on its own port of the loopback interface. */
export interface DemoService {
  name: ServiceName;
  /** Such as `http://127.0.0.1:7411`; it stays the same while the service refuses and after. */
  url: string;
  getFaults: () => FaultSettings;
  /** Takes effect on the next call; resolves when the port is closed or open again as `refuse` asks. */
  setFaults: (faults: FaultSettings) => Promise<void>;
  stats: () => ServiceStats;
  close: () => Promise<void>;
}

/** How often opening a port again is tried while some other socket still holds it. */
const reopenEveryMs = 200;

/**
 * Starts a service: real sockets, its routes, its faults, and `/faults` and `/stats` beside the routes.
 * Rejects when the port is in use.
 * @param options.port 0 for any free one
 * @param options.naturalDelayMs how long an answer takes without any fault: the middle of a spread of ±50 %
 */
export async function startHttpService(options: {
  name: ServiceName;
  routes: readonly ServiceRoute[];
  port: number;
  naturalDelayMs: number;
  random: Random;
  nowMs: NowMs;
}): Promise<DemoService> {
  const { name, routes, naturalDelayMs, random, nowMs } = options;
  const stats: ServiceStats = { requests: 0, byStatus: {}, hung: 0 };
  const closed = new AbortController();
  let faults = noFaults;
  let bucket: TokenBucket | null = null;
  let settled: Promise<void> = Promise.resolve();

  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      if (response.writableEnded || response.destroyed) return;
      count(500);
      sendJson(response, refusal(500, "internal_error", `The ${name} service failed: ${String(error)}`));
    });
  });
  await listen(options.port);
  const { port } = server.address() as AddressInfo;

  async function listen(at: number): Promise<void> {
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? "/", "http://loopback");
    if (url.pathname === "/faults" || url.pathname === "/stats") {
      sendJson(response, await answerControl(fromOwnPort, url.pathname.slice(1), message));
      return;
    }
    stats.requests += 1;
    const read = await readJson(message);
    const fate = decideFault({ faults, bucket, nowMs: nowMs(), random });
    const gone = AbortSignal.any([closed.signal, goneSignal(response)]);
    const naturalMs = naturalDelayMs * (0.5 + random());
    if (!(await waited(naturalMs + fate.delayMs, gone))) return;

    const work = (): ServiceReply | Promise<ServiceReply> => {
      if (read.wrong !== undefined) return read.wrong;
      const found = findRoute(routes, message.method ?? "GET", url.pathname);
      if (found === null)
        return refusal(404, "no_such_call", `${name} has no ${message.method} ${url.pathname}.`);
      const { route, params } = found;
      return route.answer({ params, query: url.searchParams, headers: message.headers, body: read.body });
    };
    if (fate.kind === "hang") {
      stats.hung += 1;
      if (fate.doesWork) await work();
      return;
    }
    const reply = fate.kind === "serve" ? await work() : faultReply(name, fate);
    if (response.destroyed) return;
    count(reply.status);
    sendJson(response, reply);
  }

  function count(status: number): void {
    stats.byStatus[status] = (stats.byStatus[status] ?? 0) + 1;
  }

  async function settle(refuse: boolean): Promise<void> {
    if (refuse && server.listening) {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    }
    while (!refuse && !server.listening && !closed.signal.aborted) {
      await listen(port).catch(() => waited(reopenEveryMs, closed.signal));
    }
  }

  const service: DemoService = {
    name,
    url: `http://127.0.0.1:${port}`,
    getFaults: () => faults,
    stats: () => ({ ...stats, byStatus: { ...stats.byStatus } }),
    setFaults(next) {
      faults = next;
      bucket = next.rate429 === null ? null : new TokenBucket(next.rate429.perSecond, nowMs());
      settled = settled.then(() => settle(next.refuse));
      return settled;
    },
    async close() {
      closed.abort();
      await settled;
      await settle(true);
    },
  };
  /** A call on the service's own port is answered before that port closes. */
  const fromOwnPort = {
    ...service,
    async setFaults(next: FaultSettings) {
      if (next.refuse) setImmediate(() => void service.setFaults(next));
      else await service.setFaults(next);
    },
  };
  return service;
}

function faultReply(
  name: ServiceName,
  fate: { kind: "unavailable" } | { kind: "throttle"; retryAfterMs: number },
): ServiceReply {
  if (fate.kind === "unavailable") {
    return refusal(503, "service_unavailable", `The ${name} service is temporarily unavailable.`);
  }
  const retryAfterSeconds = Math.max(1, Math.ceil(fate.retryAfterMs / 1_000));
  return {
    ...refusal(429, "rate_limited", `Too many requests to the ${name} service; slow down.`),
    headers: { "retry-after": String(retryAfterSeconds) },
  };
}

/** Aborts when the caller hangs up before it was answered, so that nobody waits for nobody. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

/** True after `ms`, false as soon as the signal aborts. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms <= 0) return !signal.aborted;
  return wait(ms, true, { signal }).catch(() => false);
}
