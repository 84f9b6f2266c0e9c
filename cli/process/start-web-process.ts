import process from "node:process";
import { assertSchema } from "#db/migrate.ts";
import { createHttpApi } from "#server/http/http-api.ts";
import { ReadyWatch } from "#server/http/workers/ready-watch.ts";
import type { Log } from "#server/system/log.ts";
import type { Settings } from "#server/system/settings.ts";
import { isLoopbackHost } from "../web/is-loopback-host.ts";
import type { RunningPart } from "./run-until-stopped.ts";

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
  try {
    await watch.start();
    const web = await startWeb({
      databaseUrl: connectionString,
      host,
      port,
      log,
      httpApi: (engine) =>
        createHttpApi({ engine, watch, leaseMs, heartbeatMs, metricsOpen: isLoopbackHost(host) }),
    });
    log.info({ url: web.url }, "the console and the HTTP API are served");
    return {
      url: web.url,
      async stop() {
        await web.close();
        await watch.close();
      },
    };
  } catch (error) {
    await watch.close();
    throw error;
  }
}
