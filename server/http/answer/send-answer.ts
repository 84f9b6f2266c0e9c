import type { ServerResponse } from "node:http";
import type { SignalboxError } from "#core/error.ts";
import type { Answer } from "../route.ts";
import { toProblem } from "./problem.ts";

const headersOfAll = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

export interface SendOptions {
  /** Leave the body out (HEAD). */
  bodiless?: boolean;
  /**
   * The request was not read to its end: tell the client that the connection ends, and end it when this has settled,
   * so that it can hear the answer while it still sends.
   */
  closeAfter?: () => Promise<unknown>;
}

/** Write an answer with the headers that all answers have. Does nothing when the client has gone. */
export function sendAnswer(response: ServerResponse, answer: Answer, options: SendOptions = {}): void {
  const [text, type] =
    "json" in answer
      ? [JSON.stringify(answer.json), "application/json; charset=utf-8"]
      : [answer.text, answer.contentType];
  send(response, answer.status, text, type, ("headers" in answer && answer.headers) || {}, options);
}

/** Write a refusal as problem+json, with `Retry-After` in whole seconds where there is a time. */
export function sendProblem(
  response: ServerResponse,
  refusal: SignalboxError,
  options: SendOptions & { headers?: Record<string, string>; errorId?: string } = {},
): void {
  const headers: Record<string, string> = { ...options.headers };
  if (refusal.retryAfterMs !== undefined)
    headers["retry-after"] = String(Math.max(1, Math.ceil(refusal.retryAfterMs / 1000)));
  if (refusal.code === "unauthenticated") headers["www-authenticate"] = 'Bearer realm="signalbox"';
  const text = JSON.stringify(toProblem(refusal, options.errorId));
  send(response, refusal.status, text, "application/problem+json; charset=utf-8", headers, options);
}

/** An answer without a body. */
export function sendEmpty(response: ServerResponse, status: number, headers: Record<string, string>): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...headersOfAll, ...headers });
  response.end();
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  type: string,
  headers: Record<string, string>,
  { bodiless, closeAfter }: SendOptions,
): void {
  if (response.headersSent || response.destroyed) return;
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    ...headersOfAll,
    "content-type": type,
    "content-length": length,
    ...headers,
    ...(closeAfter ? { connection: "close" } : {}),
  });
  if (!bodiless) response.write(text);
  if (closeAfter === undefined) response.end();
  else void closeAfter().finally(() => response.end());
}
