import { type DependencyHold, isLimited, isShut } from "#core/flow/dependency-gate.ts";
import { isPaused } from "#core/flow/is-paused.ts";
import { isLimitedQueue } from "#core/flow/queue-gate.ts";
import { type Served, type ServedPlace, servesLane } from "#core/flow/serves-lane.ts";
import type { RateLimit } from "#core/flow/token-bucket.ts";
import type { WaitingLine } from "#core/job/waiting-facts.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import type { PrioritySettings } from "#core/priority/priority-settings.ts";
import { priorityKey } from "#core/priority/virtual-deadline.ts";
import type { Queryable } from "#db/client.ts";
import type { JobRow } from "./job-row.ts";

/** Jobs ahead are counted up to here; beyond, the figure is "at least". */
const maxAhead = 1_000;
/** Starts of so long tell how fast the line moves. */
const rateWindowMs = 30_000;

const readLanes = `select l.id, q.pool, d.name as definition, q.max_running as "maxRunning",
    case when q.rate_limit_count is not null then jsonb_build_object('count', q.rate_limit_count, 'perMs', q.rate_limit_per_ms) end as "rateLimit",
    v.body ? 'maxRunning' as "isCapped", q.paused as "queuePaused", d.paused as "definitionPaused",
    case when v.body#>>'{target,kind}' = 'http' then 'http' else 'worker' end as target,
    (select coalesce(jsonb_agg(jsonb_build_object('state', b.state, 'forced', b.forced, 'ratePerSecond', b.rate_per_second)), '[]')
      from signalbox.breakers b join signalbox.dependencies x on x.id = b.dependency_id
      where v.body->'dependencies' ? x.name) as holds
  from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id join signalbox.definitions d on d.id = l.definition_id
  join signalbox.definition_versions v on v.definition_id = d.id and v.version = d.version`;

// Each class has its own due time before which a job goes first; index ready_order (lane, class, run_at_ms, id).
const counted = (lanes: string, classes: string, due: string) => `(select count(*)::int from (
      select from unnest(${lanes}::int[]) as l(lane) cross join unnest(${classes}::smallint[], ${due}::bigint[]) as c(class, before_ms)
      cross join lateral (
        select from signalbox.ready r where r.lane = l.lane and r.class = c.class and r.run_at_ms < c.before_ms limit $4) a
      limit $4) bounded)`;
const countAhead = `select ${counted("$1", "$2", "$3")} as jobs, ${counted("array[$6]", "array[$7]", "array[$8]")} as "inLane",
    ${counted("$1", "array[$7]", "array[$8]")} as "inClass",
    s.pool::float8 as "ofPool", s.lane::float8 as "ofLane", s.class::float8 as "ofClass"
  from (select coalesce(sum(started), 0) as pool, coalesce(sum(started) filter (where class = $7), 0) as class,
      coalesce(sum(started) filter (where class = $7 and lane = $6), 0) as lane
    from signalbox.metrics_1s where at_ms >= signalbox.now_ms() - $5 and lane = any($1)) s`;

interface LaneRow extends ServedPlace {
  id: number;
  maxRunning: number | null;
  rateLimit: RateLimit | null;
  /** Its definition has a cap of its own. */
  isCapped: boolean;
  queuePaused: boolean;
  definitionPaused: boolean;
  holds: DependencyHold[];
}

interface Counts {
  jobs: number;
  inLane: number;
  inClass: number;
  ofPool: number;
  ofLane: number;
  ofClass: number;
}

/**
 * The place of an available job among those that the claims of its pool choose from, and by which part of the line its
 * start is reckoned: what limits its lane alone (a cap, a rate, a breaker that lets some through) is seen only in the
 * starts of the lane; else its class goes by its own share of the pool; where nothing of its class started lately, by all
 * that started.
 */
export async function loadWaitingLine(
  db: Queryable,
  job: JobRow,
  facts: ServedPlace & { settings: PrioritySettings; nowMs: number },
): Promise<WaitingLine> {
  const { settings, nowMs, pool, target } = facts;
  const { rank, runAtMs } = job;
  const { rows: all } = await db.query({ name: "load-line-lanes", text: readLanes });
  // HTTP targets are called by any dispatcher, whatever the pool.
  const served = { pool: target === "http" ? null : pool, definitions: "all", target } as const;
  const lanes = (all as LaneRow[]).filter((lane) => isClaimed(lane, served));
  const key = priorityKey({ rank, runAtMs, nowMs, settings });
  const beforeMs = priorityClasses.map((name) => {
    const { budgetMs, slope } = settings.classes[name];
    const slackMs = key >= 0 ? key : (key * budgetMs) / (slope * 60_000);
    return Math.floor(nowMs + slackMs - budgetMs);
  });
  const { rows } = await db.query({
    name: "count-jobs-ahead",
    text: countAhead,
    values: [
      lanes.map(({ id }) => id),
      priorityClasses.map((_, each) => each),
      beforeMs,
      maxAhead + 1,
      rateWindowMs,
      job.lane,
      rank,
      Math.floor(runAtMs),
    ],
  });
  const counts = rows[0] as Counts;
  const own = (all as LaneRow[]).find(({ id }) => id === job.lane);
  const isOwnPace = own !== undefined && (isLimitedQueue(own) || own.isCapped || own.holds.some(isLimited));
  return { ...bounded(counts.jobs), pace: { ...paceOf(counts, isOwnPace), windowMs: rateWindowMs } };
}

function isClaimed(lane: LaneRow, served: Served): boolean {
  const { queuePaused, definitionPaused, holds } = lane;
  if (isPaused({ queue: { paused: queuePaused }, definition: { paused: definitionPaused } })) return false;
  return servesLane(served, lane) && !holds.some(isShut);
}

function paceOf(counts: Counts, isOwnPace: boolean): Omit<WaitingLine["pace"], "windowMs"> {
  if (isOwnPace) return { of: "lane", ...bounded(counts.inLane), starts: counts.ofLane };
  if (counts.ofClass > 0) return { of: "class", ...bounded(counts.inClass), starts: counts.ofClass };
  return { of: "pool", ...bounded(counts.jobs), starts: counts.ofPool };
}

function bounded(jobs: number): { ahead: number; exact: boolean } {
  return { ahead: Math.min(jobs, maxAhead), exact: jobs <= maxAhead };
}
