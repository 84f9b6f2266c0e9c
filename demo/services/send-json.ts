import type { ServerResponse } from "node:http";
import type { ServiceReply } from "./route.ts";

/** Writes a reply as JSON and ends the response. */
export function sendJson(response: ServerResponse, reply: ServiceReply): void {
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...reply.headers,
  });
  response.end(text);
}
