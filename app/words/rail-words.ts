import { formatCount } from "#components/domain/format-count.ts";
import type { AlertKind } from "#core/alert/alert.ts";

/** What alerts are called. */
export const alertKindWords: Record<AlertKind, string> = {
  lost: "Lost",
  stuck: "Stuck",
  "throughput-zero": "Nothing ends",
  blocked: "Blocked",
  starved: "Starved",
  overdue: "Overdue",
  escalated: "Escalated",
  "failure-rise": "Fails",
  storage: "Storage",
};

/** The texts of what every page shows of alerts and breakers: apart from those of their pages, so that nobody loads these too. */
export const railWords = {
  alerts: (count: number) => (count === 1 ? "1 open alert" : `${formatCount(count)} open alerts`),
  breakers: (count: number) =>
    count === 1 ? "1 breaker is not closed" : `${formatCount(count)} breakers are not closed`,
  banner: "Critical alerts",
  more: (count: number) => `and ${formatCount(count)} more`,
  acknowledge: "Acknowledge",
  acknowledged: "Acknowledged: it is yours now",
};
