import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import type { JobState } from "#core/job/job-state.ts";
import type { WaitingReasonKind } from "#core/job/waiting-reasons.ts";
import { formatQuery } from "#core/query/format-query.ts";
import type { QueryTerm } from "#core/query/job-query.ts";

/** What holds for all jobs of a queue alike, or for each by itself: their definitions tell nothing more. */
const ofTheQueue: readonly WaitingReasonKind[] = [
  "queue-paused",
  "cap-reached",
  "rate-limit",
  "due-later",
  "backoff",
  "in-line",
];

/** The list of the jobs that were counted for a reason, as far as filters can say: by queue, state, definition and class. */
export function findReasonJobs(
  queue: string,
  { kind, of, states, definitions, priorities }: ReasonCount,
): string {
  const shown = states.flatMap((state): JobState[] =>
    state === "available" ? ["available", "held"] : [state],
  );
  const terms: QueryTerm[] = [
    { field: "queue", anyOf: [queue] },
    { field: "state", anyOf: [...new Set(shown)] },
  ];
  if (of !== null || !ofTheQueue.includes(kind)) terms.push({ field: "definition", anyOf: definitions });
  if (kind === "pressure-deferred") terms.push({ field: "priority", anyOf: priorities });
  return `/jobs?q=${encodeURIComponent(formatQuery(terms))}`;
}
