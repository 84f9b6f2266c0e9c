import type { JobCondition } from "./job-condition.ts";
import type { JobFilter } from "./job-filter.ts";
import type { JobQuery } from "./job-query.ts";

/** A query as a filter at an instant: '2 hours ago' becomes a time. */
export function toJobFilter(query: JobQuery, nowMs: number): JobFilter {
  const where = query.map((term): JobCondition => {
    if (!("atMs" in term) && !("agoMs" in term)) return term;
    const atMs = "atMs" in term ? term.atMs : Math.max(0, nowMs - term.agoMs);
    return term.field === "since" ? { field: "created", fromMs: atMs } : { field: "created", toMs: atMs };
  });
  return where.length === 0 ? {} : { where };
}
