import type { PressureLevel } from "./pressure-level.ts";

/** What a producer is told with a job that was accepted under pressure. */
export interface PressureSignal {
  level: PressureLevel;
  /** How long the job is likely to wait, ms; null when nobody can tell. */
  waitMs: number | null;
  /** How long to wait before the next submit, so that the predicted wait falls to half of the class's budget, ms. */
  paceMs: number;
}
