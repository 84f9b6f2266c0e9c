import process from "node:process";
import { openPool } from "#db/client.ts";
import { assertSchema } from "#db/migrate.ts";
import { createHttpApi } from "#server/http/http-api.ts";
import { ReadyWatch } from "#server/http/workers/ready-watch.ts";
import { offerFirstLink } from "#server/operations/people/offer-first-link.ts";
import type { Log } from "#server/system/log.ts";
import type { Settings } from "#server/system/settings.ts";
import { isLoopbackHost } from "../web/is-loopback-host.ts";
import type { RunningPart } from "./run-until-stopped.ts";

/** Limit of one read of the HTTP API, ms. */
const readTimeoutMs = 5_000;

/**
 * Starts the console and the HTTP API on one port. While nobody can sign in it offers a link for the first admin, with
 * `demo` one that lets in as the demo's by one click. Rejects when the port or the database cannot be used.
 */
export async function startWebProcess(
  connectionString: string,
  settings: Settings,
  log: Log,
  { demo = false, gatePages = true }: { demo?: boolean; gatePages?: boolean } = {},
): Promise<RunningPart & { url: string; firstLink: string | null }> {
  const { host, port, leaseMs, heartbeatMs, publicUrl, trustProxy } = settings;
  if (!isLoopbackHost(host) && publicUrl?.protocol !== "https:")
    log.warn(
      { host },
      "the console can be reached from elsewhere without TLS, so that passwords can be read on the way: put a proxy with TLS before it and set PUBLIC_URL to its https address",
    );
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
      gatePages,
      access: { publicUrl, trustProxy, idleMs: settings.sessionIdleMs, maxMs: settings.sessionMaxMs },
      httpApi: (engine) => {
        // A proxy on this machine reaches loopback for everybody.
        const metricsOpen = isLoopbackHost(host) && publicUrl === null;
        return createHttpApi({ engine, watch, reads, leaseMs, heartbeatMs, metricsOpen });
      },
    });
    const link = await offerFirstLink(web.engine, { demo });
    log.info({ url: web.url }, "the console and the HTTP API are served");
    return {
      url: web.url,
      firstLink: link && `${publicUrl?.origin ?? web.url}/setup/${link.secret}`,
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
