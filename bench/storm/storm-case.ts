import type { ServiceMode } from "./service-plan.ts";

export const stormCaseNames = ["A", "A40", "B"] as const;
export type StormCaseName = (typeof stormCaseNames)[number];

export interface StormCase {
  slots: number;
  downMode: Exclude<ServiceMode, "healthy">;
  /** Other jobs in the same pool, which need no service. */
  bystandersPerSecond: number;
}

export const stormCases: Readonly<Record<StormCaseName, StormCase>> = {
  A: { slots: 10, downMode: "refusing", bystandersPerSecond: 0 },
  A40: { slots: 40, downMode: "refusing", bystandersPerSecond: 0 },
  B: { slots: 40, downMode: "hanging", bystandersPerSecond: 50 },
};

export const jobsPerSecond = 150;
export const serviceCallsPerSecond = 200;
