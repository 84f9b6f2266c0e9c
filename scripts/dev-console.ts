import process from "node:process";
import { openPool } from "#db/client.ts";
import { createHttpApi } from "#server/http/http-api.ts";
import { ReadyWatch } from "#server/http/workers/ready-watch.ts";
import { openLog } from "#server/system/log.ts";
import { startWeb } from "../cli/web/start-web.ts";

/**
 * `npm run dev`: the console on `PORT` (3100) with pages that follow their source, on the database of `DATABASE_URL`.
 * What runs in Node (server, cli) is as it was at the start: start again to see a change of it. Two of these at once
 * need a `CONSOLE_DIST_DIR` of their own (such as `.next-2`).
 */
const connectionString = process.env.DATABASE_URL;
if (!connectionString) throw new Error("DATABASE_URL is not set: it names the database to show");
const log = openLog("info", "web");
const watch = new ReadyWatch({
  connectionString,
  onError: (error) => log.warn({ error: error.message }, "the LISTEN connection broke; reconnecting"),
});
await watch.start();
const reads = openPool({
  connectionString,
  max: 4,
  applicationName: "signalbox dev reads",
  onError: () => {},
});
const web = await startWeb({
  databaseUrl: connectionString,
  host: "127.0.0.1",
  port: Number(process.env.PORT ?? 3_100),
  log,
  dev: true,
  httpApi: (engine) =>
    createHttpApi({ engine, watch, reads, leaseMs: 15_000, heartbeatMs: 5_000, metricsOpen: true }),
});
log.info({ url: web.url }, "the console follows its sources");
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, async () => {
    await web.close();
    await watch.close();
    await reads.end();
    process.exit(0);
  });
