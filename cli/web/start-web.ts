import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import type { Log } from "#server/system/log.ts";
import { type AccessOptions, defaultAccess } from "./access-options.ts";
import { answerRequest } from "./answer-request.ts";
import { createConsoleApi } from "./create-console-api.ts";
import type { HttpHandler } from "./http-handler.ts";

export interface WebOptions {
  databaseUrl: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  log: Log;
  /**
   * Makes what is asked first: the HTTP API, health and metrics, on this process' engine. It has its own
   * authentication, so no check of the console comes before it.
   */
  httpApi?: (engine: Engine) => HttpHandler;
  /** How people reach it and how long they stay signed in; default {@link defaultAccess}. */
  access?: AccessOptions;
  /** Whether pages send who is not signed in to `/sign-in`: off in the test that nothing depends on it. Default true. */
  gatePages?: boolean;
  /** Pages compiled as they are asked for and again when their source changes, for work on the console; default false. */
  dev?: boolean;
}

export interface RunningWeb {
  /** Where it listens. */
  url: string;
  engine: Engine;
  /** Ends streams and requests and closes the port; never takes longer than about a second. */
  close(): Promise<void>;
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const drainMs = 800;

/**
 * Serves the console: pages by Next.js, tRPC and its stream beside it on the same port. Throws when the console is not
 * built and when the port is taken.
 */
export async function startWeb(options: WebOptions): Promise<RunningWeb> {
  const { dev = false, access = defaultAccess, gatePages = true } = options;
  if (!dev && !existsSync(path.join(root, ".next", "BUILD_ID"))) {
    throw new Error("the console is not built: run npm run build");
  }
  const engine = await openEngine({
    connectionString: options.databaseUrl,
    applicationName: "signalbox web",
    log: options.log,
    poolSize: 8,
  });
  let ownUrl = "";
  const api = createConsoleApi({
    ...{ databaseUrl: options.databaseUrl, engine, log: options.log, access },
    ownUrl: () => ownUrl,
  });
  const httpApi = options.httpApi?.(engine);
  const server = createServer();
  try {
    await listen(server, options);
    const { port } = server.address() as AddressInfo;
    ownUrl = urlOf(options.host, port);
    const pages = next({ dev, dir: root, hostname: options.host, port });
    await pages.prepare();
    const page = pages.getRequestHandler();
    if (dev) server.on("upgrade", pages.getUpgradeHandler());
    const reach = { boundHost: options.host, publicUrl: access.publicUrl };
    const answerers = { reach, httpApi, api, page, dev, gatePages, log: options.log };
    server.on("request", (req, res) => void answerRequest(req, res, answerers));
    return {
      url: ownUrl,
      engine,
      async close() {
        api.stopStreams();
        server.close();
        const timer = setTimeout(() => server.closeAllConnections(), drainMs);
        server.closeIdleConnections();
        await once(server, "close");
        clearTimeout(timer);
        await pages.close();
        await api.close();
        await engine.close();
      },
    };
  } catch (error) {
    server.close();
    api.stopStreams();
    await api.close();
    await engine.close();
    throw error;
  }
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function listen(server: ReturnType<typeof createServer>, { host, port }: WebOptions): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : "";
    if (code === "EADDRINUSE") {
      throw new Error(`port ${port} is in use: stop what listens there or set PORT to another`, { cause });
    }
    if (code === "EACCES")
      throw new Error(`port ${port} may not be used by this user: set PORT above 1023`, { cause });
    throw cause;
  }
}
