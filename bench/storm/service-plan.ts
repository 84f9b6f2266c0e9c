/** `healthy`: answers within its rate. `refusing`: 503 at once. `hanging`: takes the call and never answers. */
export type ServiceMode = "healthy" | "refusing" | "hanging";

export const phaseNames = ["warmUp", "outage", "recovery"] as const;
export type PhaseName = (typeof phaseNames)[number];

/** When the service is down: times in milliseconds since the epoch, by the clock that all processes here share. */
export interface ServicePlan {
  startMs: number;
  downMs: number;
  upMs: number;
  downMode: Exclude<ServiceMode, "healthy">;
}

/** The phase at a moment: each begins exactly at its time. */
export function phaseAt(plan: ServicePlan, nowMs: number): PhaseName {
  if (nowMs < plan.downMs) return "warmUp";
  return nowMs < plan.upMs ? "outage" : "recovery";
}

/** How the service behaves at a moment. */
export function modeAt(plan: ServicePlan, nowMs: number): ServiceMode {
  return phaseAt(plan, nowMs) === "outage" ? plan.downMode : "healthy";
}
