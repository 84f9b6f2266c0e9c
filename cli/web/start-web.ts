import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import type { Log } from "#server/system/log.ts";
import { createConsoleApi } from "./create-console-api.ts";
import type { HttpHandler } from "./http-handler.ts";
import { isLoopbackHost } from "./is-loopback-host.ts";
import { refuseForeignRequest } from "./refuse-foreign-request.ts";
import { securityHeaders } from "./security-headers.ts";

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
  /** Pages compiled as they are asked for and again when their source changes, for work on the console; default false. */
  dev?: boolean;
}

export interface RunningWeb {
  url: string;
  /** Ends streams and requests and closes the port; never takes longer than about a second. */
  close(): Promise<void>;
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const drainMs = 800;

/**
 * Serves the console: pages by Next.js, tRPC and its stream beside it on the same port. Throws when the console is not
 * built, when the port is taken, and when it should be reachable from elsewhere while it has no sign-in.
 */
export async function startWeb(options: WebOptions): Promise<RunningWeb> {
  if (!isLoopbackHost(options.host)) {
    throw new Error(
      `HOST is ${options.host}, but the console has no sign-in yet and is served on this machine only: set HOST to 127.0.0.1`,
    );
  }
  const dev = options.dev ?? false;
  if (!dev && !existsSync(path.join(root, ".next", "BUILD_ID"))) {
    throw new Error("the console is not built: run npm run build");
  }
  const engine = await openEngine({
    connectionString: options.databaseUrl,
    applicationName: "signalbox web",
    log: options.log,
    poolSize: 8,
  });
  const api = createConsoleApi(options.databaseUrl, engine, options.log);
  const httpApi = options.httpApi?.(engine);
  const server = createServer();
  try {
    await listen(server, options);
    const { port } = server.address() as AddressInfo;
    const pages = next({ dev, dir: root, hostname: options.host, port });
    await pages.prepare();
    const page = pages.getRequestHandler();
    if (dev) server.on("upgrade", pages.getUpgradeHandler());
    server.on("request", (req, res) => {
      answer(req, res, { host: options.host, httpApi, api: api.handle, page, dev }).catch(
        (error: unknown) => {
          options.log.error({ error: String(error), path: req.url?.split("?", 1)[0] }, "a request failed");
          if (!res.headersSent) res.writeHead(500, { "content-type": "text/plain" });
          res.end("Something went wrong; the log of the web process has the details.\n");
        },
      );
    });
    const shown = options.host.includes(":") ? `[${options.host}]` : options.host;
    return {
      url: `http://${shown}:${port}`,
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

interface Answerers {
  host: string;
  httpApi: HttpHandler | undefined;
  api: HttpHandler;
  page: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  dev: boolean;
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  { host, httpApi, api, page, dev }: Answerers,
): Promise<void> {
  if (httpApi && (await httpApi(req, res))) return;
  const refusal = refuseForeignRequest(req, host);
  if (refusal !== null) {
    res.writeHead(403, { "content-type": "text/plain; charset=utf-8" });
    res.end(`${refusal}\n`);
    return;
  }
  if (await api(req, res)) return;
  securityHeaders(req, res, { dev });
  await page(req, res);
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
