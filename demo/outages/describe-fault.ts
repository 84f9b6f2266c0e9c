import { type FaultSettings, isHealthy, type ServiceName } from "../services/fault-settings.ts";

/** What a service does to its callers, in plain words: "payments answers 503 to 60 % of calls". */
export function describeFault(service: ServiceName, faults: FaultSettings): string {
  if (isHealthy(faults)) return `${service} is healthy`;
  if (faults.refuse) return `${service} refuses connections`;
  const parts: string[] = [];
  if (faults.error503Share > 0) parts.push(`answers 503 to ${percent(faults.error503Share)} of calls`);
  if (faults.hangShare > 0) parts.push(`never answers ${percent(faults.hangShare)} of calls`);
  if (faults.rate429 !== null) parts.push(`lets only ${faults.rate429.perSecond} calls a second through`);
  if (faults.latencyMs > 0 || faults.latencyJitterMs > 0) {
    parts.push(`answers ${Math.round(faults.latencyMs + faults.latencyJitterMs / 2)} ms late`);
  }
  return `${service} ${parts.join(" and ")}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
