import { parseQuery } from "#core/query/parse-query.ts";
import { quoteValue } from "#core/query/quote-value.ts";

/** The columns there are beside values of payloads. */
export const jobColumns = [
  "state",
  "job",
  "definition",
  "queue",
  "priority",
  "attempt",
  "when",
  "error",
  "submitted",
  "tags",
  "key",
  "concurrency",
  "correlation",
  "worker",
] as const;
export type JobColumn = (typeof jobColumns)[number];

export const standardColumns: readonly string[] = jobColumns.slice(0, 9);

/** Most columns of payload values. */
export const mostPaths = 6;

/** The path of a column as `payload.user.plan`; null for any other text. */
export function payloadPathOf(column: string): string[] | null {
  if (!column.startsWith("payload.")) return null;
  const [term, ...more] = parseQuery(`${column}:*`).query;
  return term?.field === "payload" && more.length === 0 ? term.path : null;
}

/** A path as a column's name. */
export function columnOfPath(path: readonly string[]): string {
  return `payload.${path.map((part) => quoteValue(part, /[\s:.",]/)).join(".")}`;
}

/** The columns of a text list that there are, each once; the standard ones when none is left. */
export function readColumns(names: readonly string[]): string[] {
  const known = names.filter(
    (name) => (jobColumns as readonly string[]).includes(name) || payloadPathOf(name) !== null,
  );
  const paths = known.filter((name) => name.startsWith("payload.")).slice(0, mostPaths);
  const kept = [...new Set(known)].filter((name) => !name.startsWith("payload.") || paths.includes(name));
  return kept.length > 0 ? kept : [...standardColumns];
}
