import { expect, it } from "vitest";
import { filterConditions } from "./filter-conditions.ts";
import type { JobFilter } from "./job-filter.ts";
import { parseQuery } from "./parse-query.ts";
import { queryOfFilter } from "./query-of-filter.ts";
import { toJobFilter } from "./to-job-filter.ts";

it("makes a text of a filter that asks for the same jobs", () => {
  const filter: JobFilter = {
    states: ["dead", "retryable"],
    queue: "billing",
    failureGroup: "abc",
    sinceMs: Date.UTC(2026, 10, 20, 12),
    where: [{ field: "tag", not: true, anyOf: ["vip"] }],
  };
  const { query, problems } = parseQuery(queryOfFilter(filter));
  expect(problems).toEqual([]);
  expect(filterConditions(toJobFilter(query, 0))).toEqual(expect.arrayContaining(filterConditions(filter)));
});
