import type { JobQuery, QueryTerm } from "./job-query.ts";
import { formatQueryRange, parseQueryRange } from "./query-range.ts";
import { formatQueryTime } from "./query-time.ts";
import { quoteValue } from "./quote-value.ts";

/** A query as text that {@link import("./parse-query.ts").parseQuery} reads as the same query. */
export function formatQuery(query: JobQuery): string {
  return query.map(formatQueryTerm).join(" ");
}

/** One term as text. */
export function formatQueryTerm(term: QueryTerm): string {
  const sign = "not" in term && term.not ? "-" : "";
  switch (term.field) {
    case "words":
      return `${sign}${term.anyOf.map((text) => quoteValue(text, /^-|[\s":]/)).join(" ")}`;
    case "since":
    case "until":
      return `${term.field}:${formatQueryTime(term)}`;
    case "attempt":
      return `attempt:${formatAttempts(term.from, term.to)}`;
    case "payload": {
      const path = term.path.map((part) => quoteValue(part, /[\s:."]/)).join(".");
      const value =
        term.range !== undefined
          ? formatQueryRange(term.range)
          : (term.anyOf?.map(quotePayload).join(",") ?? "*");
      return `${sign}payload.${path}:${value}`;
    }
    default:
      return `${sign}${term.field}:${term.anyOf.map((value) => quoteValue(value)).join(",")}`;
  }
}

function quotePayload(value: string): string {
  return quoteValue(value, value === "*" || parseQueryRange(value) !== null ? /^/ : undefined);
}

function formatAttempts(from: number | undefined, to: number | undefined): string {
  if (from === to && from !== undefined) return String(from);
  if (from === undefined) return `<=${to ?? 0}`;
  return to === undefined ? `>=${from}` : `${from}..${to}`;
}
