import { createHmac } from "node:crypto";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import type { DueDelivery } from "#server/store/webhooks/take-deliveries.ts";
import { isPrivateAddress, PrivateAddressError, publicLookup } from "./private-address.ts";

/** A receiver that has not answered in full by then is given up, ms. */
const standardTimeoutMs = 5_000;
/** Of an answer no more is read than this, bytes, and of a refusal so much is kept, characters. */
const readBytes = 4_096;
const keptCharacters = 200;

/** What came of one send; `problem` says it in words. */
export interface WebhookAnswer {
  delivered: boolean;
  status: number | null;
  problem: string | null;
  /** Whether the same message may fare better later. */
  retry: boolean;
}

export interface SendOptions {
  nowMs: number;
  allowPrivate: boolean;
  /** Default 5 s. */
  timeoutMs?: number;
}

/**
 * Post one message, signed: `signalbox-signature: t=<seconds since 1970>,v1=<hex>`, the HMAC-SHA256 under the webhook's secret of
 * the seconds, a dot and the body. A 2xx within five seconds is a delivery. Redirects are not followed, and private
 * addresses refused unless allowed, the one a name resolves to as well. Never rejects.
 */
export async function postWebhook(
  delivery: Pick<DueDelivery, "id" | "url" | "secret" | "event" | "body" | "sends">,
  { nowMs, allowPrivate, timeoutMs = standardTimeoutMs }: SendOptions,
): Promise<WebhookAnswer> {
  const body = JSON.stringify({ id: delivery.id, ...delivery.body });
  const seconds = Math.floor(nowMs / 1_000);
  const headers = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "signalbox",
    "signalbox-event": delivery.event,
    "signalbox-delivery": delivery.id,
    "signalbox-signature": signature(delivery.secret, seconds, body),
  };
  try {
    const url = new URL(delivery.url);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) throw new PrivateAddressError(host);
    const answer = await post(url, headers, body, { allowPrivate, timeoutMs });
    return judge(answer);
  } catch (error) {
    const retry = !(error instanceof PrivateAddressError);
    return { delivered: false, status: null, problem: said(error, timeoutMs), retry };
  }
}

/** The value of the signature header. */
export function signature(secret: string, seconds: number, body: string): string {
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}

function judge({ status, text }: { status: number; text: string }): WebhookAnswer {
  if (status >= 200 && status < 300) return { delivered: true, status, problem: null, retry: false };
  const more = text === "" ? "" : `: ${text}`;
  const problem =
    status >= 300 && status < 400
      ? `it answered ${status}: redirects are not followed, give the address it leads to`
      : `it answered ${status}${more}`;
  return { delivered: false, status, problem, retry: true };
}

/** Send and read the answer, all within the time there is. */
function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  { allowPrivate, timeoutMs }: { allowPrivate: boolean; timeoutMs: number },
): Promise<{ status: number; text: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  const options = {
    method: "POST",
    headers,
    signal,
    agent: false as const,
    ...(allowPrivate ? {} : { lookup: publicLookup as never }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(signal.aborted ? signal.reason : error);
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(url, options, (answer) => {
      readSome(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }), fail);
    });
    request.once("error", fail);
    request.end(body);
  });
}

async function readSome(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= readBytes) break;
  }
  answer.destroy();
  return Buffer.concat(chunks).toString("utf8").replaceAll("\u0000", "").trim().slice(0, keptCharacters);
}

function said(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `it did not answer within ${timeoutMs / 1_000} s`;
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof PrivateAddressError) return message ?? "";
  if (code === "ECONNREFUSED") return "nothing listens at the address";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "its host name was not found";
  return (message ?? String(error)).replaceAll("\u0000", "").slice(0, keptCharacters);
}
