import type { JobState } from "#core/job/job-state.ts";
import { priorityRank } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import type { JobFilter } from "./job-filter.ts";
import { isJobId } from "./job-id.ts";
import type { RowConditions } from "./load-job-rows.ts";
import type { JobScan } from "./scan-job-ids.ts";

/** How to find the jobs of a filter: a scan that gives candidates, and conditions that decide on each. */
export interface JobScanPlan {
  scan: JobScan;
  conditions: RowConditions;
  /** Whether every candidate meets the conditions, unless it moved meanwhile. */
  exact: boolean;
  floorId: string;
  /** Exclusive; null for no limit. */
  untilId: string | null;
}

/** Longest line, in jobs, that is read whole to list the jobs waiting in it. */
const shortLine = 5_000;

/** Filters that only bound the range of ids. */
const times = ["sinceMs", "untilMs"] as const;

interface LaneOf {
  lane: number;
  paused: boolean;
  /** The lane is of the queue and definition asked for. */
  asked: boolean;
  /** The words asked for stand in the definition's name. */
  named: boolean;
}

/** Plan a list: a few small reads. Null when nothing can match. */
export async function planJobScan(db: Queryable, filter: JobFilter): Promise<JobScanPlan | null> {
  const { lanes, floorId, untilId } = await resolve(db, filter);
  const narrowed = filter.queue !== undefined || filter.definition !== undefined;
  const asked = lanes.filter((lane) => lane.asked);
  if (narrowed && asked.length === 0) return null;
  const laneIds = narrowed ? asked.map(({ lane }) => lane) : null;
  const ranks = filter.priorities?.map(priorityRank) ?? null;
  const words = filter.q === undefined ? undefined : wordsOf(filter.q, lanes);
  const conditions: RowConditions = {
    states: filter.states,
    lanes: laneIds ?? undefined,
    ranks: ranks ?? undefined,
    tag: filter.tag,
    correlationId: filter.correlationId,
    idempotencyKey: filter.idempotencyKey,
    failureGroup: filter.failureGroup,
    failureClass: filter.failureClass,
    words,
  };
  const plan = (scan: JobScan, exact: boolean): JobScanPlan => ({
    scan,
    conditions,
    exact,
    floorId,
    untilId,
  });
  if (filter.q !== undefined && isLikelyId(filter.q)) {
    return {
      scan: { kind: "one", id: filter.q },
      conditions: { ...conditions, words: undefined },
      exact: true,
      floorId,
      untilId,
    };
  }
  const only = (...own: (keyof JobFilter)[]) =>
    Object.entries(filter).every(
      ([key, value]) => value === undefined || own.includes(key as keyof JobFilter),
    );
  if (filter.idempotencyKey !== undefined)
    return plan({ kind: "idempotency", value: filter.idempotencyKey }, only("idempotencyKey", ...times));
  if (filter.correlationId !== undefined)
    return plan({ kind: "correlation", value: filter.correlationId }, only("correlationId", ...times));
  if (filter.failureGroup !== undefined)
    return plan({ kind: "fingerprint", value: filter.failureGroup }, only("failureGroup", ...times));
  if (filter.states !== undefined) {
    const byState = await planStates(db, filter.states, narrowed ? asked : lanes, laneIds, ranks);
    if (byState !== null) return plan(byState, only("states", ...times));
  }
  if (filter.tag !== undefined) return plan({ kind: "tag", value: filter.tag }, only("tag", ...times));
  if (filter.failureClass !== undefined && filter.states === undefined)
    return plan({ kind: "failed" }, false);
  if (laneIds === null) return plan({ kind: "all" }, only(...times));
  return plan({ kind: "lanes", lanes: laneIds }, only("queue", "definition", ...times));
}

/** Drive from the placements when each of them is small or in the order of the ids; null when one is neither. */
async function planStates(
  db: Queryable,
  states: JobState[],
  lanes: LaneOf[],
  laneIds: number[] | null,
  ranks: number[] | null,
): Promise<JobScan | null> {
  if (states.includes("completed") && laneIds !== null) return null;
  const inLine = lanes
    .filter(({ paused }) => states.includes(paused ? "held" : "available"))
    .map(({ lane }) => lane);
  if (inLine.length > 0 && (await isLong(db, inLine))) return null;
  return { kind: "placements", states, readyLanes: inLine, lanes: laneIds, ranks };
}

/** Whether more jobs stand in line in these lanes than are read whole. */
async function isLong(db: Queryable, lanes: number[]): Promise<boolean> {
  const { rows } = await db.query({
    name: "is-long-line",
    text: `select count(*)::int as jobs from (
      select from unnest($1::int[]) as l(lane) cross join lateral (
        select from signalbox.ready where lane = l.lane limit $2) r limit $2) bounded`,
    values: [lanes, shortLine + 1],
  });
  return (rows[0] as { jobs: number }).jobs > shortLine;
}

async function resolve(
  db: Queryable,
  filter: JobFilter,
): Promise<{ lanes: LaneOf[]; floorId: string; untilId: string | null }> {
  const { rows } = await db.query({
    name: "resolve-job-filter",
    text: `select signalbox.first_id_at(coalesce($4::bigint, 0)) as "floorId",
        case when $5::bigint is not null then signalbox.first_id_at($5::bigint + 1) end as "untilId",
        (select coalesce(json_agg(json_build_object('lane', l.id, 'paused', q.paused,
            'asked', ($1::text is null or q.name = $1) and ($2::text is null or d.name = $2),
            'named', $3::text is not null and position(lower($3) in d.name) > 0)), '[]')
          from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id
          join signalbox.definitions d on d.id = l.definition_id)::text as lanes`,
    values: [filter.queue, filter.definition, filter.q, filter.sinceMs, filter.untilMs],
  });
  const row = rows[0] as { floorId: string; untilId: string | null; lanes: string };
  return { ...row, lanes: JSON.parse(row.lanes) };
}

function wordsOf(text: string, lanes: LaneOf[]): { text: string; lanes: number[] } {
  return { text, lanes: lanes.filter(({ named }) => named).map(({ lane }) => lane) };
}

/** Ids made since 2024 have at least 15 digits; shorter numbers are looked for as words. */
function isLikelyId(text: string): boolean {
  return text.length >= 15 && isJobId(text);
}
