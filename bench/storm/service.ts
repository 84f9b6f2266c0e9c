import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ServiceCounters } from "./service-counters.ts";
import { modeAt, type ServicePlan } from "./service-plan.ts";
import { TokenBucket } from "./token-bucket.ts";

/**
 * The service that the jobs of the storm bench call: a process of its own, the same for every system. It takes 200
 * calls/s (burst 20) and answers after 20 ms; what is beyond it gets 429 at once, without a Retry-After. By plan it is
 * down: it refuses with 503 at once, or takes calls and never answers.
 *
 * `POST /plan` starts the counting anew, `GET /report` answers with what it saw, everything else is a call.
 */
const ratePerSecond = 200;
const burst = 20;
const latencyMs = 20;

const nowMs = () => performance.timeOrigin + performance.now();

let plan: ServicePlan = { startMs: 0, downMs: Infinity, upMs: Infinity, downMode: "refusing" };
let counters = new ServiceCounters(plan);
let bucket = new TokenBucket(ratePerSecond, burst, nowMs());

function answer(response: ServerResponse, status: number, body = ""): void {
  response.writeHead(status, { "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += part;
  return body;
}

function serve(response: ServerResponse): void {
  const atMs = nowMs();
  const mode = modeAt(plan, atMs);
  if (mode === "hanging") {
    const end = counters.hang(atMs);
    response.once("close", () => end(nowMs()));
  } else if (mode === "refusing") {
    counters.count("failed", atMs);
    answer(response, 503, "down for maintenance");
  } else if (bucket.take(atMs)) {
    counters.count("accepted", atMs);
    setTimeout(() => answer(response, 200, "done"), latencyMs);
  } else {
    counters.count("refused", atMs);
    answer(response, 429, "too many requests");
  }
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === "/plan") {
    plan = JSON.parse(await readBody(request)) as ServicePlan;
    counters = new ServiceCounters(plan);
    bucket = new TokenBucket(ratePerSecond, burst, nowMs());
    answer(response, 204);
  } else if (request.url === "/report") {
    answer(response, 200, JSON.stringify(counters.report(nowMs())));
  } else serve(response);
}

const server = createServer((request, response) => {
  handle(request, response).catch((error: Error) => answer(response, 500, error.message));
});
// Idle connections stay open: a caller that meets a closing one would see a failure that belongs to nobody.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.({ port: (server.address() as { port: number }).port });
process.once("disconnect", () => process.exit(0));
