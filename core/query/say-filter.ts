import { filterConditions } from "./filter-conditions.ts";
import type { JobCondition, NumberRange } from "./job-condition.ts";
import type { JobFilter } from "./job-filter.ts";

/** A filter in words: 'dead or retryable jobs of queue billing whose error is ECONNRESET'; 'all jobs' for none. */
export function sayFilter(filter: JobFilter): string {
  const conditions = filterConditions(filter);
  const adjective = conditions.filter((each) => each.field === "state").find((each) => !each.not);
  const rest = conditions.filter((each) => each !== adjective);
  if (!adjective && rest.length === 0) return "all jobs";
  const head = adjective ? `${anyOf(adjective.anyOf)} jobs` : "jobs";
  const clauses = rest.map(say);
  return [head, ...clauses].reduce((said, clause, at) => `${said}${at > 2 ? ", " : " "}${clause}`);
}

function say(condition: JobCondition): string {
  const not = "not" in condition && condition.not;
  const values = "anyOf" in condition && condition.anyOf ? anyOf(condition.anyOf) : "";
  const is = not ? "is not" : "is";
  switch (condition.field) {
    case "state":
      return `that ${not ? "are not" : "are"} ${values}`;
    case "queue":
      return `${not ? "not of" : "of"} queue ${values}`;
    case "definition":
      return `${not ? "not of" : "of"} definition ${values}`;
    case "priority":
      return `${not ? "not of" : "of"} priority ${values}`;
    case "class":
      return `whose failure ${is} ${values}`;
    case "error":
      return `whose error ${is} ${values}`;
    case "tag":
      return `${not ? "not tagged" : "tagged"} ${values}`;
    case "key":
      return `${not ? "without" : "with"} key ${values}`;
    case "concurrency":
      return `${not ? "not of" : "of"} concurrency key ${values}`;
    case "correlation":
      return `${not ? "not of" : "of"} correlation ${values}`;
    case "group":
      return `${not ? "not of" : "of"} failure group ${values}`;
    case "worker":
      return `${not ? "not run" : "run"} by worker ${values}`;
    case "id":
      return `${not ? "other than" : "with id"} ${values}`;
    case "words":
      return `${not ? "without" : "with"} the words '${values}'`;
    case "payload": {
      const path = `payload ${condition.path.join(".")}`;
      if (condition.range) return `whose ${path} ${is} ${sayRange(condition.range)}`;
      return values === "" && !condition.anyOf
        ? `${not ? "without" : "with"} ${path}`
        : `whose ${path} ${is} ${values}`;
    }
    case "attempt":
      return sayAttempts(condition.from, condition.to);
    case "created":
      return [
        condition.fromMs === undefined ? "" : `submitted since ${sayInstant(condition.fromMs)}`,
        condition.toMs === undefined ? "" : `submitted until ${sayInstant(condition.toMs)}`,
      ]
        .filter(Boolean)
        .join(" and ");
  }
}

function anyOf(values: readonly string[]): string {
  if (values.length <= 1) return values[0] ?? "";
  return `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

function sayRange(range: NumberRange): string {
  if ("above" in range) return `above ${range.above}`;
  if ("below" in range) return `below ${range.below}`;
  if (!("atLeast" in range)) return `at most ${range.atMost}`;
  return range.atMost === undefined
    ? `at least ${range.atLeast}`
    : `from ${range.atLeast} to ${range.atMost}`;
}

function sayAttempts(from: number | undefined, to: number | undefined): string {
  if (from === to && from !== undefined) return `at attempt ${from}`;
  if (from === undefined) return `at attempt ${to ?? 0} or before`;
  return to === undefined ? `at attempt ${from} or later` : `at attempts ${from} to ${to}`;
}

function sayInstant(atMs: number): string {
  return `${new Date(atMs)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "")} UTC`;
}
