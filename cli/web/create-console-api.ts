import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { openPool } from "#db/client.ts";
import { BoardReader } from "#server/api/board/board-reader.ts";
import type { ApiContext } from "#server/api/context.ts";
import { explainDatabaseError } from "#server/api/explain-database-error.ts";
import { BoardFeed } from "#server/api/live/board-feed.ts";
import { appRouter } from "#server/api/root.ts";
import type { Engine } from "#server/operations/engine.ts";
import type { Log } from "#server/system/log.ts";
import type { HttpHandler } from "./http-handler.ts";

/** The tRPC side of the web process. */
export interface ConsoleApi {
  handle: HttpHandler;
  /** Ends the streams, so that the server can close. */
  stopStreams(): void;
  close(): Promise<void>;
}

const mount = "/api/trpc/";
const connections = 4;
/** No read of the console may take longer, ms. */
const statementTimeoutMs = 3_000;
const mostBodyBytes = 1_048_576;

/** Opens the console's own small pool and serves `/api/trpc` on it; the only actor there is yet is `local`. */
export function createConsoleApi(databaseUrl: string, engine: Engine, log: Log): ConsoleApi {
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
  const context: ApiContext = {
    db,
    engine,
    reader,
    feed,
    actor: { kind: "local", name: "local", role: "admin" },
    onError: (error) => log.error({ error: String(error) }, "a call of the console failed"),
  };
  return {
    async handle(req: IncomingMessage, res: ServerResponse) {
      const url = req.url ?? "/";
      if (!url.startsWith(mount)) return false;
      res.setHeader("x-content-type-options", "nosniff");
      res.setHeader("cache-control", "no-store");
      await nodeHTTPRequestHandler({
        router: appRouter,
        createContext: () => context,
        req,
        res,
        path: url.slice(mount.length).split("?", 1)[0] ?? "",
        maxBodySize: mostBodyBytes,
      });
      return true;
    },
    stopStreams: () => feed.close(),
    close: () => db.end(),
  };
}
