import type { JobCondition, NumberRange } from "#core/query/job-condition.ts";
import type { Parameters } from "./parameters.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";

/** The payload as an operator last changed it; joined to candidates `j` only when a condition looks at it. */
export const payloadJoin = `cross join lateral (select coalesce((
    select a.payload from signalbox.amendments a where a.job_id = j.id and a.payload is not null
    order by a.revision desc limit 1), j.payload) as payload offset 0) p`;

/** What can be told of a job by its own row alone, as SQL on `j` (signalbox.jobs) and `p` (its payload), and the window `win`. */
export interface CandidateConditions {
  sql: string[];
  /** Whether one of them looks at `p`. */
  payload: boolean;
}

/** What the sieve decides for good; of words it only lets none be missed, and the rest is told by the whole row. */
export function isSettledBySieve({ field }: JobCondition): boolean {
  return [
    "tag",
    "key",
    "concurrency",
    "correlation",
    "id",
    "payload",
    "queue",
    "definition",
    "priority",
    "created",
  ].includes(field);
}

/** A column of the job as its newest amendment gives it. */
const amended = (column: "lane" | "class") =>
  `coalesce((select a.${column} from signalbox.amendments a where a.job_id = j.id order by a.revision desc limit 1), j.${column})`;

/**
 * The conditions that sieve candidates before their state is looked up. Tags, keys, ids, payload, queue, definition and
 * priority are decided here for good; words are decided so that none is missed, and once more with the row.
 */
export function candidateConditions(
  filter: ResolvedFilter,
  decided: ReadonlySet<JobCondition>,
  parameters: Parameters,
): CandidateConditions {
  const { lanes, ranks } = filter;
  let payload = false;
  const placed: string[] = [];
  const isDecided = (...fields: JobCondition["field"][]) =>
    filter.conditions.every((condition) => !fields.includes(condition.field) || decided.has(condition));
  if (lanes && !isDecided("queue", "definition"))
    placed.push(`${amended("lane")} = any(${parameters.add(lanes)}::int[])`);
  if (ranks && !isDecided("priority"))
    placed.push(`${amended("class")} = any(${parameters.add(ranks)}::int[])`);
  const sql = filter.conditions.flatMap((condition) => {
    if (decided.has(condition)) return [];
    const holds = write(condition, filter, parameters);
    if (holds === null) return [];
    if (condition.field === "payload" || condition.field === "words") payload = true;
    return ["not" in condition && condition.not ? `(${holds}) is not true` : `(${holds})`];
  });
  return { sql: [...placed, ...sql], payload };
}

function write(condition: JobCondition, filter: ResolvedFilter, { add }: Parameters): string | null {
  switch (condition.field) {
    case "tag":
      return `j.tags && ${add(condition.anyOf)}::text[]`;
    case "key":
      return `j.idempotency_key = any(${add(condition.anyOf)}::text[])`;
    case "concurrency":
      return `j.concurrency_key = any(${add(condition.anyOf)}::text[])`;
    case "correlation":
      return `j.correlation_id = any(${add(condition.anyOf)}::text[])`;
    case "id":
      return `j.id::text = any(${add(condition.anyOf)}::text[])`;
    case "payload": {
      const path = `${add(condition.path)}::text[]`;
      if (condition.range) return writeRange(`p.payload #>> ${path}`, condition.range, add);
      if (condition.anyOf) return `(p.payload #>> ${path}) = any(${add(condition.anyOf)}::text[])`;
      return `(p.payload #> ${path}) is not null`;
    }
    case "words": {
      // What must not be there is decided with the row, where the latest error is at hand.
      if (condition.not) return null;
      const words = `${add(condition.anyOf)}::text[]`;
      const parts = `${add(condition.anyOf.map(asPattern))}::text[]`;
      const own = `j.idempotency_key = any(${words}) or j.correlation_id = any(${words})
        or lower(p.payload::text) like any(${parts})`;
      const named = filter.all
        .filter(({ definition }) => condition.anyOf.some((word) => definition.includes(word.toLowerCase())))
        .map(({ lane }) => lane);
      const lanes =
        named.length === 0
          ? ""
          : ` or j.lane = any(${add(named)}::int[])
        or exists (select from signalbox.amendments a where a.job_id = j.id and a.lane is not null)`;
      return `${own}${lanes} or j.id in (
        select job_id from signalbox.attempts t
        where t.job_id >= (select min(id) from win) and t.job_id <= (select max(id) from win) and t.error is not null
          and lower(concat_ws(' ', t.error->>'name', t.error->>'code', t.error->>'message')) like any(${parts}))`;
    }
    default:
      return null;
  }
}

/** A text anywhere in another, as a pattern of LIKE on lower case. */
function asPattern(word: string): string {
  return `%${word.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
}

/** A text as a number when it is one of at most 30 digits on each side; other texts are in no range. */
function writeRange(text: string, range: NumberRange, add: Parameters["add"]): string {
  const figure = `case when ${text} ~ '^-?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})?$' then (${text})::float8 end`;
  const bounds = Object.entries(range).filter(([, bound]) => bound !== undefined);
  const signs: Record<string, string> = { above: ">", atLeast: ">=", below: "<", atMost: "<=" };
  return bounds.map(([kind, bound]) => `${figure} ${signs[kind]} ${add(bound)}::float8`).join(" and ");
}
