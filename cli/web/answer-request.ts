import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "#server/system/log.ts";
import type { ConsoleApi } from "./create-console-api.ts";
import { gatePage, type PageGate } from "./gate-page.ts";
import type { HttpHandler } from "./http-handler.ts";
import { type Reach, refuseForeignRequest } from "./refuse-foreign-request.ts";
import { securityHeaders } from "./security-headers.ts";
import { sendText } from "./send-text.ts";

export interface Answerers {
  reach: Reach;
  /** Asked first: it has its own authentication. */
  httpApi: HttpHandler | undefined;
  api: ConsoleApi;
  page: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  dev: boolean;
  /** Whether pages send who is not signed in to `/sign-in`. */
  gatePages: boolean;
  log: Log;
}

/** Answers one request: the HTTP API, then the procedures, then the pages; anything that fails is told without its text. */
export async function answerRequest(
  req: IncomingMessage,
  res: ServerResponse,
  answerers: Answerers,
): Promise<void> {
  try {
    await answer(req, res, answerers);
  } catch (error) {
    // The secret of a one-time link is in its path, so only how a path begins is logged.
    const place = /^\/[^/?#]*/.exec(req.url ?? "")?.[0];
    answerers.log.error({ error: String(error), place }, "a request failed");
    if (res.headersSent) res.destroy();
    else sendText(res, 500, "Something went wrong; the log of the web process has the details.");
  }
}

async function answer(req: IncomingMessage, res: ServerResponse, answerers: Answerers): Promise<void> {
  const { reach, httpApi, api, page, dev, gatePages } = answerers;
  if (httpApi && (await httpApi(req, res))) return;
  securityHeaders(req, res, { dev, secure: reach.publicUrl?.protocol === "https:" });
  const refusal = refuseForeignRequest(req, reach);
  if (refusal !== null) return sendText(res, 403, refusal);
  if (await api.handle(req, res)) return;
  if (!dev && req.method !== "GET" && req.method !== "HEAD")
    return sendText(res, 405, "Pages are only read.");
  const asked = await findAsker(req, answerers);
  if (gatePage(req, res, { ...asked, isKnown: asked.isKnown && gatePages, dev })) return;
  await page(req, res);
}

async function findAsker(
  req: IncomingMessage,
  { api, log }: Answerers,
): Promise<Pick<PageGate, "caller" | "isKnown">> {
  const path = req.url ?? "/";
  if (path.startsWith("/_next/") || path === "/icon.svg") return { caller: null, isKnown: true };
  try {
    return { caller: await api.findCaller(req), isKnown: true };
  } catch (error) {
    log.warn({ error: String(error) }, "who is signed in could not be looked up");
    return { caller: null, isKnown: false };
  }
}
