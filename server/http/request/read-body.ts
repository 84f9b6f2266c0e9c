import type { IncomingMessage } from "node:http";
import { SignalboxError } from "#core/error.ts";

export interface BodyLimits {
  maxBytes: number;
  /** Longest time for the whole body, ms. */
  timeoutMs: number;
}

/** The client ended the connection before its request was whole: nobody is left to answer. */
export class ClientGone extends Error {}

/**
 * The whole body, at most `maxBytes`. Throws `too_large` as soon as it is more, by its declared length or by what
 * has come; `bad_request` when it is encoded or does not arrive in time; {@link ClientGone}.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity")
    throw new SignalboxError(
      "bad_request",
      `the body is encoded (${encoding.slice(0, 40)}): send it as it is, without Content-Encoding`,
    );
  if (declaredBytes(request) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (settle: () => void) => {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      settle();
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limits.maxBytes) chunks.push(chunk);
      else end(() => reject(tooLarge(limits.maxBytes)));
    };
    const onEnd = () => end(() => resolve(Buffer.concat(chunks)));
    const onClose = () => end(() => reject(new ClientGone("the client went away")));
    const late = new SignalboxError(
      "bad_request",
      `the body did not arrive within ${limits.timeoutMs / 1000} s: send it in one go`,
    );
    const timer = setTimeout(() => end(() => reject(late)), limits.timeoutMs);
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

/** How much of a refused body is read away, and how long that may take. */
export interface DiscardLimits {
  maxBytes: number;
  maxMs: number;
}

/**
 * Read away what is left of a body that was refused; true when the request was read to its end. A connection that is
 * closed under a client that still sends loses the answer, so it is worth a little; bounded in bytes and time.
 */
export async function discardBody(request: IncomingMessage, limits: DiscardLimits): Promise<boolean> {
  if (request.complete || request.readableEnded) return true;
  if (request.destroyed || declaredBytes(request) > limits.maxBytes) return false;
  return new Promise((resolve) => {
    let bytes = 0;
    const end = (whole: boolean) => {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      if (!whole) request.pause();
      resolve(whole);
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) end(false);
    };
    const onEnd = () => end(true);
    const onClose = () => end(request.complete);
    const timer = setTimeout(() => end(false), limits.maxMs);
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
    request.resume();
  });
}

function declaredBytes(request: IncomingMessage): number {
  const declared = Number(request.headers["content-length"] ?? 0);
  return Number.isFinite(declared) ? declared : 0;
}

function tooLarge(maxBytes: number): SignalboxError {
  return new SignalboxError(
    "too_large",
    `the body is over ${maxBytes} bytes, the most this call takes: nothing was done`,
  );
}
