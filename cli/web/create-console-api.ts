import type { IncomingMessage, ServerResponse } from "node:http";
import { type NodeHTTPCreateContextFnOptions, nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { SignalboxError } from "#core/error.ts";
import { openPool } from "#db/client.ts";
import { Listener } from "#db/listen.ts";
import { BoardReader } from "#server/api/board/board-reader.ts";
import type { RequestContext } from "#server/api/context.ts";
import { explainDatabaseError } from "#server/api/explain-database-error.ts";
import { BoardFeed } from "#server/api/live/board-feed.ts";
import { appRouter } from "#server/api/root.ts";
import { toTrpcError } from "#server/api/to-trpc-error.ts";
import type { Engine } from "#server/operations/engine.ts";
import { type Caller, findCaller } from "#server/operations/people/find-caller.ts";
import { depthsChannel, readToldDepths } from "#server/store/metrics/tell-depths.ts";
import { boardChannel } from "#server/store/overview/board-channel.ts";
import { findLiveSessions } from "#server/store/sessions/find-live-sessions.ts";
import { sessionsChannel } from "#server/store/sessions/sessions-channel.ts";
import type { Log } from "#server/system/log.ts";
import type { AccessOptions } from "./access-options.ts";
import { clientAddress } from "./client-address.ts";
import type { HttpHandler } from "./http-handler.ts";
import { sendText } from "./send-text.ts";
import { SessionCookie } from "./session-cookie.ts";
import { SessionStreams } from "./session-streams.ts";

/** The tRPC side of the web process. */
export interface ConsoleApi {
  handle: HttpHandler;
  /** Who asks, or null where nobody is signed in. Rejects when the database cannot say. */
  findCaller(req: IncomingMessage): Promise<Caller | null>;
  /** Ends the streams, so that the server can close. */
  stopStreams(): void;
  close(): Promise<void>;
}

export interface ConsoleApiOptions {
  databaseUrl: string;
  engine: Engine;
  log: Log;
  access: AccessOptions;
  /** Where it listens, for links when there is no public address. */
  ownUrl: () => string;
}

const mount = "/api/trpc/";
const connections = 4;
/** No read of the console may take longer, ms. */
const statementTimeoutMs = 3_000;
const mostBodyBytes = 1_048_576;
/** Calls of one request; app/_trpc/react.tsx sends no more. */
const mostCallsAtOnce = 20;

/** Opens the console's own small pool and serves `/api/trpc` on it, to whoever each request's session belongs. */
export function createConsoleApi({
  databaseUrl,
  engine,
  log,
  access,
  ownUrl,
}: ConsoleApiOptions): ConsoleApi {
  const db = openPool({
    connectionString: databaseUrl,
    max: connections,
    statementTimeoutMs,
    genericPlans: true,
    applicationName: "signalbox web",
    onError: (error) =>
      log.error(
        { error: String(error) },
        "a connection of the console broke; it is replaced at the next read",
      ),
  });
  const reader = new BoardReader(db, engine);
  const feed = new BoardFeed(reader, (error) => {
    const known = explainDatabaseError(error);
    if (!known) log.error({ error: String(error) }, "the board could not be read");
    return known?.message ?? "The figures could not be read; the log of the web process has the details.";
  });
  const cookie = new SessionCookie(access);
  const streams = new SessionStreams((ids) => findLiveSessions(db, ids, access.idleMs));
  const listener = new Listener([boardChannel, depthsChannel, sessionsChannel], {
    connectionString: databaseUrl,
    applicationName: "signalbox web live",
    onNotify: (channel, payload) => {
      if (channel === sessionsChannel) streams.look();
      if (channel === boardChannel) feed.look();
      const told = channel === depthsChannel ? readToldDepths(payload) : null;
      if (told) feed.tell(told);
    },
    onConnect: () => streams.look(),
    onError: (error) => log.warn({ error: error.message }, "the LISTEN connection broke; reconnecting"),
  });
  void listener.start();
  const shared = {
    ...{ db, engine, reader, feed },
    onError: (error: unknown) => log.error({ error: String(error) }, "a call of the console failed"),
  };
  const find = async (req: IncomingMessage) => {
    const secret = cookie.read(req);
    return secret === null ? null : findCaller(db, secret, access.idleMs);
  };
  const createContext = (
    req: IncomingMessage,
    res: ServerResponse,
    caller: Caller | null,
  ): RequestContext => ({
    ...shared,
    actor: caller && {
      ...{ kind: "user", id: caller.id, name: caller.login },
      ...{ displayName: caller.displayName, role: caller.role },
    },
    door: {
      client: {
        address: clientAddress(req, access.trustProxy),
        agent: req.headers["user-agent"] ?? "",
      },
      times: access,
      secret: cookie.read(req),
      keep: (secret) => cookie.write(res, secret),
      publicUrl: access.publicUrl?.origin ?? ownUrl(),
    },
  });
  return {
    findCaller: find,
    async handle(req: IncomingMessage, res: ServerResponse) {
      const url = req.url ?? "/";
      if (!url.startsWith(mount)) return false;
      if (req.method === "POST" && !/^application\/json\b/i.test(req.headers["content-type"] ?? "")) {
        sendText(res, 415, "Calls are sent as application/json. Nothing was done.");
        return true;
      }
      const asked = await find(req).then(
        (caller) => ({ caller }),
        (error: unknown) => ({ error }),
      );
      const isStream = /\btext\/event-stream\b/.test(req.headers.accept ?? "");
      if (isStream && "caller" in asked && asked.caller && !streams.add(res, asked.caller.sessionId)) {
        sendText(res, 429, "This session has as many streams as it may.");
        return true;
      }
      await nodeHTTPRequestHandler({
        router: appRouter,
        createContext: ({ info }: NodeHTTPCreateContextFnOptions<IncomingMessage, ServerResponse>) => {
          if ("error" in asked) throw toTrpcError(asked.error);
          // A second answer could not take the cookie back that the first has set.
          if (info.isBatchCall && info.calls.length > 1 && info.calls.some(({ path }) => isAlone(path)))
            throw toTrpcError(
              new SignalboxError(
                "bad_request",
                "Signing in and out are calls of their own. Nothing was done.",
              ),
            );
          return createContext(req, res, asked.caller);
        },
        responseMeta: ({ errors }) => {
          const waits = errors.map(({ cause }) =>
            cause instanceof SignalboxError ? (cause.retryAfterMs ?? 0) : 0,
          );
          const longestMs = Math.max(0, ...waits);
          return longestMs > 0 ? { headers: { "retry-after": String(Math.ceil(longestMs / 1_000)) } } : {};
        },
        req,
        res,
        path: url.slice(mount.length).split("?", 1)[0] ?? "",
        maxBodySize: mostBodyBytes,
        maxBatchSize: mostCallsAtOnce,
      });
      return true;
    },
    stopStreams: () => {
      feed.close();
      streams.close();
    },
    async close() {
      await listener.close();
      await db.end();
    },
  };
}

function isAlone(path: string): boolean {
  return path.startsWith("session.") && path !== "session.me";
}
