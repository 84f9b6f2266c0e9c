import process from "node:process";
import { openPool } from "#db/client.ts";
import { assertSchema } from "#db/migrate.ts";
import { createHttpApi } from "#server/http/http-api.ts";
import { ReadyWatch } from "#server/http/workers/ready-watch.ts";
import type { Log } from "#server/system/log.ts";
import type { Settings } from "#server/system/settings.ts";
import { isLoopbackHost } from "../web/is-loopback-host.ts";
import type { RunningPart } from "./run-until-stopped.ts";

/** Limit of one read of the HTTP API, ms. */
const readTimeoutMs = 5_000;

/** Starts the console and the HTTP API on one port. Rejects when the port or the database cannot be used. */
export async function startWebProcess(
  connectionString: string,
  settings: Settings,
  log: Log,
): Promise<RunningPart & { url: string }> {
  const { host, port, leaseMs, heartbeatMs } = settings;
  await assertSchema(connectionString);
  // Next.js decides by it when it is loaded, so it is set before that.
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { startWeb } = await import("../web/start-web.ts");
  const watch = new ReadyWatch({
    connectionString,
    onError: (error) => log.warn({ error: error.message }, "the LISTEN connection broke; reconnecting"),
  });
  const reads = openPool({
    connectionString,
    max: 4,
    applicationName: "signalbox web reads",
    statementTimeoutMs: readTimeoutMs,
    genericPlans: true,
    onError: (error) =>
      log.warn({ error: error.message }, "a database connection broke; it will be replaced"),
  });
  try {
    await watch.start();
    const web = await startWeb({
      databaseUrl: connectionString,
      host,
      port,
      log,
      httpApi: (engine) =>
        createHttpApi({ engine, watch, reads, leaseMs, heartbeatMs, metricsOpen: isLoopbackHost(host) }),
    });
    log.info({ url: web.url }, "the console and the HTTP API are served");
    return {
      url: web.url,
      async stop() {
        await web.close();
        await watch.close();
        await reads.end();
      },
    };
  } catch (error) {
    await watch.close();
    await reads.end();
    throw error;
  }
}
