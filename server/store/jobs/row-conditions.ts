import type { JobCondition } from "#core/query/job-condition.ts";
import type { Parameters } from "./parameters.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";

/** Conditions on rows already put together, as SQL on `found`; `shape` names the statement that they make. */
export interface RowConditions {
  sql: string[];
  shape: string;
}

/** No condition at all. */
export const anyRow: RowConditions = { sql: [], shape: "" };

/**
 * The conditions that only the whole row decides: state, lane and class as they stand now, and the latest failure. With
 * `wordsFollow` words that must not be there are left to match-words.ts, which knows what is hidden.
 */
export function rowConditions(
  filter: ResolvedFilter,
  parameters: Parameters,
  wordsFollow = false,
): RowConditions {
  const { add } = parameters;
  const sql: string[] = [];
  const shape: string[] = [];
  const need = (code: string, holds: string) => {
    sql.push(holds);
    shape.push(code);
  };
  if (filter.states) need("s", `state = any(${add(filter.states)}::text[])`);
  if (filter.lanes) need("l", `lane = any(${add(filter.lanes)}::int[])`);
  if (filter.ranks) need("p", `rank = any(${add(filter.ranks)}::int[])`);
  for (const condition of filter.conditions) {
    if (wordsFollow && condition.field === "words" && condition.not) continue;
    const written = write(condition, filter, parameters);
    if (written === null) continue;
    const not = "not" in condition && condition.not;
    need(`${written.code}${not ? "n" : ""}`, not ? `(${written.sql}) is not true` : `(${written.sql})`);
  }
  return { sql, shape: shape.join("") };
}

function write(
  condition: JobCondition,
  filter: ResolvedFilter,
  { add }: Parameters,
): { code: string; sql: string } | null {
  switch (condition.field) {
    case "class":
      return { code: "c", sql: `failure_class = any(${add(condition.anyOf)}::text[])` };
    case "group":
      return {
        code: "g",
        sql: `exists (select from signalbox.attempts g
          where g.fingerprint = any(${add(condition.anyOf)}::text[]) and g.job_id = found.id)`,
      };
    case "worker":
      return { code: "w", sql: `"workerId"::text = any(${add(condition.anyOf)}::text[])` };
    case "attempt": {
      const from = `${add(condition.from ?? null)}::int`;
      const to = `${add(condition.to ?? null)}::int`;
      return {
        code: "a",
        sql: `(${from} is null or attempt >= ${from}) and (${to} is null or attempt <= ${to})`,
      };
    }
    case "error":
      return { code: "e", sql: inError(`${add(condition.anyOf)}::text[]`) };
    case "words": {
      const words = `${add(condition.anyOf)}::text[]`;
      const named = filter.all.filter(({ definition }) =>
        condition.anyOf.some((word) => definition.includes(word.toLowerCase())),
      );
      return {
        code: "q",
        sql: `lane = any(${add(named.map(({ lane }) => lane))}::int[]) or "idempotencyKey" = any(${words})
          or "correlationId" = any(${words}) or ${inError(words)}
          or exists (select from unnest(${words}) w(word) where position(lower(w.word) in lower(payload::text)) > 0)`,
      };
    }
    default:
      return null;
  }
}

/** Whether the latest failure has one of these names or codes, or its message holds one of them. */
const inError = (words: string) =>
  `exists (select from unnest(${words}) e(word) where lower(e.word) in (lower(error_name), lower(error_code))
    or position(lower(e.word) in lower(message)) > 0)`;
