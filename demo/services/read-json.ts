import type { IncomingMessage } from "node:http";
import { refusal, type ServiceReply } from "./route.ts";

/** The largest body a demo service reads, in bytes. */
export const bodyLimitBytes = 262_144;

/** The JSON body of a call (`undefined` when there is none), or the 400 or 413 to answer. */
export async function readJson(
  message: IncomingMessage,
): Promise<{ body: unknown; wrong?: undefined } | { body?: undefined; wrong: ServiceReply }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bodyLimitBytes) chunks.push(chunk);
  }
  if (bytes > bodyLimitBytes) {
    return {
      wrong: refusal(
        413,
        "body_too_large",
        `The body is ${bytes} bytes; at most ${bodyLimitBytes} are read.`,
      ),
    };
  }
  if (bytes === 0) return { body: undefined };
  try {
    return { body: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch (error) {
    return { wrong: refusal(400, "broken_json", `The body is not JSON: ${(error as Error).message}`) };
  }
}
