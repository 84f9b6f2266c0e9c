import { type JobState, jobStates } from "#core/job/job-state.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { filterConditions } from "#core/query/filter-conditions.ts";
import type { JobCondition } from "#core/query/job-condition.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Queryable } from "#db/client.ts";
import { isJobId } from "./job-id.ts";

export interface NamedLane {
  lane: number;
  queue: string;
  definition: string;
  paused: boolean;
}

/** A filter with names and times turned into what the tables hold. Null stands for any. */
export interface ResolvedFilter {
  conditions: JobCondition[];
  states: JobState[] | null;
  lanes: number[] | null;
  ranks: number[] | null;
  /** Ids lie between these two, neither of which is one. */
  afterId: string;
  beforeId: string;
  all: NamedLane[];
}

const beyondAllIds = 9_223_372_036_854_775_807n;

/** Turn a filter into what the tables hold. Null when nothing can match. Reads the lanes, of which there are few. */
export async function resolveFilter(db: Queryable, filter: JobFilter): Promise<ResolvedFilter | null> {
  const conditions = filterConditions(filter).map(asId);
  const { rows } = await db.query({
    name: "load-named-lanes",
    text: `select l.id as lane, q.name as queue, d.name as definition, q.paused
      from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id
      join signalbox.definitions d on d.id = l.definition_id`,
  });
  const all = rows as NamedLane[];
  const states = narrowed(conditions, "state", jobStates);
  const priorities = narrowed(conditions, "priority", priorityClasses);
  const named = conditions.some(({ field }) => field === "queue" || field === "definition");
  const lanes = named
    ? all.filter((lane) => conditions.every((condition) => allows(condition, lane))).map(({ lane }) => lane)
    : null;
  if (states?.length === 0 || priorities?.length === 0 || lanes?.length === 0) return null;
  let [afterId, beforeId] = [-1n, beyondAllIds];
  for (const condition of conditions) {
    if (condition.field !== "created") continue;
    if (condition.fromMs !== undefined) afterId = max(afterId, firstIdAt(condition.fromMs) - 1n);
    if (condition.toMs !== undefined) beforeId = min(beforeId, firstIdAt(condition.toMs + 1));
  }
  return {
    conditions,
    states,
    lanes,
    ranks: priorities?.map((name) => priorityClasses.indexOf(name)) ?? null,
    afterId: String(afterId),
    beforeId: String(beforeId),
    all,
  };
}

/** A word that can only be a job id is one. Ids made since 2024 have at least 15 digits; shorter numbers are words. */
function asId(condition: JobCondition): JobCondition {
  const [word] = condition.field === "words" && !condition.not ? condition.anyOf : [];
  return word !== undefined && word.length >= 15 && isJobId(word)
    ? { field: "id", anyOf: [word] }
    : condition;
}

/** What is left of a closed set; null when no condition speaks of it. */
function narrowed<Word extends string>(
  conditions: readonly JobCondition[],
  field: "state" | "priority",
  words: readonly Word[],
): Word[] | null {
  let left: Word[] | null = null;
  for (const condition of conditions) {
    if (condition.field !== field) continue;
    const named = condition.anyOf as readonly string[];
    left = (left ?? [...words]).filter((word) => named.includes(word) !== (condition.not === true));
  }
  return left;
}

function allows(condition: JobCondition, lane: NamedLane): boolean {
  if (condition.field !== "queue" && condition.field !== "definition") return true;
  const name = lane[condition.field];
  return condition.anyOf.some((pattern) => fits(name, pattern)) !== (condition.not === true);
}

/** Whether a name fits a pattern in which `*` is any letters; each part is looked for once, from left to right. */
function fits(name: string, pattern: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return name === pattern;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
    return false;
  let at = first.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** The least id that can have been made at an instant: `first_id_at` of the database. */
function firstIdAt(atMs: number): bigint {
  const sinceMs = BigInt(Math.floor(atMs)) - 1_704_067_200_000n;
  return sinceMs <= 0n ? 0n : min(sinceMs << 22n, beyondAllIds);
}

const max = (a: bigint, b: bigint) => (a > b ? a : b);
const min = (a: bigint, b: bigint) => (a < b ? a : b);
