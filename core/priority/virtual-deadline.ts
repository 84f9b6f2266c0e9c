import { priorityAt } from "./priority-class.ts";
import type { PrioritySettings } from "./priority-settings.ts";

/** The budget at which one second of lateness counts as one second: 60 s. */
export const referenceBudgetMs = 60_000;

/**
 * Where a job stands in the order of claims; the smallest key starts first. In milliseconds:
 * slack = runAt + budget − now; key = slack while it is not negative (earliest deadline first),
 * else slack · slope · (60 s / budget), so that under overload every class is late by the same multiple
 * of its budget instead of by the same seconds (time-dependent priorities, Kleinrock 1964).
 * Continuous at 0 and, within a class, strictly smaller the older the job.
 * Throws RangeError for a rank outside 0…4.
 */
export function priorityKey(input: {
  rank: number;
  runAtMs: number;
  nowMs: number;
  settings: PrioritySettings;
}): number {
  const { budgetMs, slope } = input.settings.classes[priorityAt(input.rank)];
  const slackMs = input.runAtMs + budgetMs - input.nowMs;
  return slackMs >= 0 ? slackMs : slackMs * slope * (referenceBudgetMs / budgetMs);
}
