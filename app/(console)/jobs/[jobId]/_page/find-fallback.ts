import type { JobEvent } from "#core/job/job-event.ts";

/** What took a job over while a breaker held it. */
export interface FoundFallback {
  /** The definition it was submitted for, when another runs it. */
  divertedFrom: string | null;
  /** The job whose output answered it. */
  answeredBy: string | null;
}

/** What the course of a job says of a fallback; the last word holds, since a diverted job may be brought back. */
export function findFallback(events: readonly JobEvent[]): FoundFallback {
  const diverted = events.findLast(({ kind }) => kind === "diverted")?.data.before;
  const answered = events.findLast(({ kind }) => kind === "completed")?.data.cachedFrom;
  return {
    divertedFrom: typeof diverted === "string" ? diverted : null,
    answeredBy: typeof answered === "string" ? answered : null,
  };
}
