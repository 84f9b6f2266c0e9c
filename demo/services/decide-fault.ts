import type { Random } from "#core/clock.ts";
import type { FaultSettings } from "./fault-settings.ts";
import type { TokenBucket } from "./token-bucket.ts";

/**
 * What happens to one call, after `delayMs` of waiting. `hang` never answers; with `doesWork` the service
 * does what it was asked all the same, as a service does whose answer got lost.
 */
export type FaultDecision =
  | { kind: "serve"; delayMs: number }
  | { kind: "unavailable"; delayMs: number }
  | { kind: "hang"; delayMs: number; doesWork: boolean }
  | { kind: "throttle"; delayMs: number; retryAfterMs: number };

/** Decides the fate of one call from the settings. Every call draws three numbers, whatever the settings. */
export function decideFault(facts: {
  faults: FaultSettings;
  bucket: TokenBucket | null;
  nowMs: number;
  random: Random;
}): FaultDecision {
  const { faults, bucket, nowMs, random } = facts;
  const delayMs = faults.latencyMs + random() * faults.latencyJitterMs;
  const chance = random();
  const doesWork = random() < 0.5;
  const retryAfterMs = bucket?.take(nowMs) ?? 0;
  if (retryAfterMs > 0) return { kind: "throttle", delayMs, retryAfterMs };
  if (chance < faults.error503Share) return { kind: "unavailable", delayMs };
  if (chance < faults.error503Share + faults.hangShare) return { kind: "hang", delayMs, doesWork };
  return { kind: "serve", delayMs };
}
