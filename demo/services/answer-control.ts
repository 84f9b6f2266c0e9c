import type { IncomingMessage } from "node:http";
import { type FaultSettings, faultSettingsSchema, type ServiceName } from "./fault-settings.ts";
import { readJson } from "./read-json.ts";
import { readBody, refusal, type ServiceReply } from "./route.ts";

/** What the control calls need of a service. */
interface ControlledService {
  name: ServiceName;
  getFaults: () => FaultSettings;
  setFaults: (faults: FaultSettings) => Promise<void>;
  stats: () => object;
}

/**
 * Answers GET and PUT `faults` and GET `stats` of one service. These calls meet no fault and are not counted.
 * A PUT replaces all settings: what is left out is healthy again.
 */
export async function answerControl(
  service: ControlledService,
  what: string,
  message: IncomingMessage,
): Promise<ServiceReply> {
  const method = message.method ?? "GET";
  if (what === "stats" && method === "GET")
    return { status: 200, body: { service: service.name, ...service.stats() } };
  if (what === "faults" && method === "GET") return faultsReply(service);
  if (what === "faults" && method === "PUT") {
    const read = await readJson(message);
    if (read.wrong !== undefined) return read.wrong;
    const given = readBody(faultSettingsSchema, read.body);
    if (given.wrong !== undefined) return given.wrong;
    await service.setFaults(given.body);
    return { status: 200, body: { service: service.name, faults: given.body } };
  }
  return refusal(405, "no_such_call", `Use GET or PUT on faults, GET on stats; not ${method} on ${what}.`);
}

function faultsReply(service: ControlledService): ServiceReply {
  return { status: 200, body: { service: service.name, faults: service.getFaults() } };
}
