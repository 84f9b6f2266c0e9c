import { filterConditions } from "./filter-conditions.ts";
import { formatQuery } from "./format-query.ts";
import type { JobFilter } from "./job-filter.ts";
import type { QueryTerm } from "./job-query.ts";

/** A filter as the text of the qualifier bar that asks for the same jobs. */
export function queryOfFilter(filter: JobFilter): string {
  return formatQuery(
    filterConditions(filter).flatMap((condition): QueryTerm[] => {
      if (condition.field !== "created") return [condition];
      const { fromMs, toMs } = condition;
      return [
        ...(fromMs === undefined ? [] : [{ field: "since" as const, atMs: fromMs }]),
        ...(toMs === undefined ? [] : [{ field: "until" as const, atMs: toMs }]),
      ];
    }),
  );
}
