import { formatQuery } from "#core/query/format-query.ts";
import type { QueryTerm } from "#core/query/job-query.ts";
import { parseQuery } from "#core/query/parse-query.ts";

/** The names under which GET /jobs takes its filters, and links of other pages give them, with the fields they are. */
export const linkParameters = {
  state: "state",
  queue: "queue",
  definition: "definition",
  priority: "priority",
  class: "class",
  tag: "tag",
  correlationId: "correlation",
  idempotencyKey: "key",
  concurrencyKey: "concurrency",
  failureGroup: "group",
} as const;

/** The text of the bar for a link: what it says under its parameters' names, then its text. */
export function textOfLink(
  given: Partial<Record<keyof typeof linkParameters, string | null>>,
  q: string,
): string {
  const terms = Object.entries(linkParameters).flatMap(([parameter, field]): QueryTerm[] => {
    const value = given[parameter as keyof typeof linkParameters];
    if (!value) return [];
    const lists = field === "state" || field === "priority";
    return [{ field, anyOf: lists ? value.split(",") : [value] } as QueryTerm];
  });
  return [formatQuery(terms), q].filter(Boolean).join(" ");
}

/** A text without its terms of a field, or with one in their place. */
export function withTerm(text: string, field: QueryTerm["field"], term: QueryTerm | null): string {
  const { query } = parseQuery(text);
  const at = query.findIndex((each) => each.field === field && !("not" in each && each.not));
  const others = query.filter((each) => each.field !== field || ("not" in each && each.not));
  if (term) others.splice(at === -1 ? 0 : at, 0, term);
  return formatQuery(others);
}
