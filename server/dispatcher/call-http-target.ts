import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { parseRetryAfter } from "#core/failure/retry-after.ts";
import { nowMs } from "#server/system/clock.ts";
import { isPrivateAddress, PrivateAddressError, publicLookup } from "./private-address.ts";

/** One call of an HTTP target: the job, its attempt, and how to tell a repetition. */
export interface TargetCall {
  url: string;
  jobId: string;
  attempt: number;
  definition: string;
  version: number;
  /** JSON text. */
  payload: string;
  idempotencyToken: string;
  traceparent: string | null;
  /** When the attempt will be given up, ms since 1970. */
  deadlineMs: number;
  signal: AbortSignal;
}

/** Largest answer that is read; the rest of a longer one is not. */
export const maxAnswerBytes = 262_144;
/** How much of a refusing answer is kept for the operator, characters. */
const keptText = 4_000;

/** The target answered with something other than 2xx, or with what cannot be its output. */
export class TargetError extends Error {
  override readonly name = "TargetError";
  readonly httpStatus: number;
  readonly retryAfterMs: number | null;
  readonly dependency: string;

  constructor(
    message: string,
    more: { httpStatus: number; retryAfterMs: number | null; dependency: string },
  ) {
    super(message);
    this.httpStatus = more.httpStatus;
    this.retryAfterMs = more.retryAfterMs;
    this.dependency = more.dependency;
  }
}

/**
 * POST a job to its target. A 2xx completes it, a JSON body becoming its output; anything else throws, with status and
 * Retry-After. Redirects are not followed. Private addresses are refused unless allowed. Rejects with the abort
 * reason of `signal`, or the network's own error.
 */
export async function callHttpTarget(call: TargetCall, allowPrivate: boolean): Promise<unknown> {
  const url = new URL(call.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) throw new PrivateAddressError(host);
  const answer = await post(url, bodyOf(call), call, allowPrivate);
  const status = answer.statusCode ?? 0;
  const limit = status >= 200 && status < 300 ? maxAnswerBytes : keptText;
  const { text, cut } = await readBody(answer, limit).catch((error) => {
    throw call.signal.aborted ? call.signal.reason : error;
  });
  if (status < 200 || status >= 300) {
    const retryAfter = answer.headers["retry-after"];
    const retryAfterMs = retryAfter === undefined ? null : parseRetryAfter(retryAfter, nowMs());
    throw new TargetError(`${url.host} answered ${status}${text ? `: ${text}` : ""}`, {
      httpStatus: status,
      retryAfterMs,
      dependency: url.host,
    });
  }
  if (cut)
    throw new TargetError(`${url.host} answered ${status} with more than ${maxAnswerBytes} bytes`, {
      httpStatus: status,
      retryAfterMs: null,
      dependency: url.host,
    });
  return outputOf(answer, text, url.host);
}

function bodyOf(call: TargetCall): string {
  const { jobId, attempt, definition, version, idempotencyToken, deadlineMs } = call;
  const facts = {
    id: jobId,
    attempt,
    definition,
    version,
    token: idempotencyToken,
    deadline: new Date(deadlineMs).toISOString(),
  };
  // The payload is JSON text already: it is put in as it is.
  return `${JSON.stringify(facts).slice(0, -1)},"payload":${call.payload}}`;
}

function post(url: URL, body: string, call: TargetCall, allowPrivate: boolean): Promise<IncomingMessage> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "signalbox",
    "idempotency-key": call.idempotencyToken,
    "signalbox-job": call.jobId,
    "signalbox-attempt": String(call.attempt),
    "signalbox-deadline": new Date(call.deadlineMs).toISOString(),
    ...(call.traceparent ? { traceparent: call.traceparent } : {}),
  };
  const options = {
    method: "POST",
    headers,
    signal: call.signal,
    ...(allowPrivate ? {} : { lookup: publicLookup as never }),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(url, options, resolve);
    request.once("error", (error) => reject(call.signal.aborted ? call.signal.reason : error));
    request.end(body);
  });
}

async function readBody(answer: IncomingMessage, limit: number): Promise<{ text: string; cut: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > limit) {
      answer.destroy();
      return { text: Buffer.concat(chunks).subarray(0, limit).toString("utf8"), cut: true };
    }
  }
  return { text: Buffer.concat(chunks).toString("utf8"), cut: false };
}

function outputOf(answer: IncomingMessage, text: string, host: string): unknown {
  if (text === "") return null;
  if (!/\bjson\b/i.test(answer.headers["content-type"] ?? "")) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new TargetError(`${host} said its answer is JSON, but it is not`, {
      httpStatus: answer.statusCode ?? 0,
      retryAfterMs: null,
      dependency: host,
    });
  }
}
