import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerControl } from "./answer-control.ts";
import type { ServiceName } from "./fault-settings.ts";
import type { DemoService } from "./http-service.ts";
import { refusal, type ServiceReply } from "./route.ts";
import { sendJson } from "./send-json.ts";

/**
 * One more port from which every service is steered, because a service that refuses connections cannot be
 * told on its own port to stop refusing: GET / lists the services, `/mail/faults` and `/mail/stats` are those
 * of the mail service, and so on. Rejects when the port is in use.
 */
export async function startControlServer(
  services: Record<ServiceName, DemoService>,
  port: number,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((message, response) => {
    answer(message.url ?? "/").then(
      (reply) => sendJson(response, reply),
      (error: unknown) => sendJson(response, refusal(500, "internal_error", String(error))),
    );

    async function answer(target: string): Promise<ServiceReply> {
      const [, name = "", what = "", ...rest] = new URL(target, "http://loopback").pathname.split("/");
      if (name === "") return { status: 200, body: { services: Object.values(services).map(describe) } };
      const service = Object.values(services).find((candidate) => candidate.name === name);
      if (service === undefined || rest.length > 0 || (what !== "faults" && what !== "stats")) {
        const names = Object.keys(services).join(", ");
        return refusal(
          404,
          "no_such_call",
          `Use /<service>/faults or /<service>/stats; the services are ${names}.`,
        );
      }
      return answerControl(service, what, message);
    }
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function describe(service: DemoService): object {
  return { name: service.name, url: service.url, faults: service.getFaults(), stats: service.stats() };
}
