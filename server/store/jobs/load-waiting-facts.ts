import type { WaitingFacts } from "#core/job/waiting-reasons.ts";
import { type Deferral, deferredRank } from "#core/pressure/decide-deferral.ts";
import { priorityAt, priorityClasses } from "#core/priority/priority-class.ts";
import type { PrioritySettings } from "#core/priority/priority-settings.ts";
import { priorityKey } from "#core/priority/virtual-deadline.ts";
import type { Queryable } from "#db/client.ts";
import type { JobRow } from "./job-row.ts";

/** Jobs ahead are counted up to here; beyond, the figure is "at least". */
const maxAhead = 1_000;
/** Starts of so long tell how fast the line moves. */
const rateWindowMs = 30_000;

// The conditions of the claim (operations/workers/served-lanes.ts, operations/attempts/claim-attempts.ts), asked of one job.
const gates = `select signalbox.now_ms()::float8 as "nowMs", q.name as queue, q.pool, q.paused, d.paused as "definitionPaused", q.max_running as "maxRunning",
    case when q.max_running is null then 0 else (select count(*)::int from signalbox.leases where queue_id = q.id) end as running,
    (select json_build_object('limit', json_build_object('count', b.count, 'perMs', b.per_ms), 'level', b.level, 'atMs', b.at_ms)::text
      from signalbox.queue_buckets b where b.queue_id = q.id) as bucket,
    (select count(*)::int from signalbox.workers w where w.ended_at is null and w.state = 'active' and w.pool = q.pool
      and w.heartbeat_at > clock_timestamp() - make_interval(secs => w.heartbeat_ms * 3 / 1000.0)
      and case when v.body#>>'{target,kind}' = 'http' then w.transport = 'target'
        else w.transport <> 'target' and d.name = any(w.definitions) end) as workers,
    (select coalesce(array_agg(o.id), '{}') from signalbox.lanes o
      join signalbox.queues oq on oq.id = o.queue_id and oq.pool = q.pool and not oq.paused
      join signalbox.definitions od on od.id = o.definition_id and not od.paused
      join signalbox.definition_versions ov on ov.definition_id = od.id and ov.version = od.version
      where (ov.body#>>'{target,kind}' = 'http') = (v.body#>>'{target,kind}' = 'http')) as lanes,
    coalesce((v.body->>'deferrable')::boolean, false) as deferrable,
    -- Of levels that nobody reckons any more nothing follows; see server/operations/pressure/pressure-cache.ts.
    (select c#>'{deferral,deferral}' from signalbox.pressure p, jsonb_array_elements(p.body->'crews') c
      where p.part = 'levels' and p.at_ms > signalbox.now_ms() - 15000 and c->'lanes' @> to_jsonb(l.id) limit 1) as deferral
  from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id join signalbox.definitions d on d.id = l.definition_id
  join signalbox.definition_versions v on v.definition_id = d.id and v.version = d.version where l.id = $1`;

// Each class has its own due time before which a job goes first; index ready_order (lane, class, run_at_ms, id).
const countAhead = `select (select count(*)::int from (
      select from unnest($1::int[]) as l(lane) cross join unnest($2::smallint[], $3::bigint[]) as c(class, before_ms)
      cross join lateral (
        select from signalbox.ready r where r.lane = l.lane and r.class = c.class and r.run_at_ms < c.before_ms limit $4) a
      limit $4) bounded) as jobs,
    (select coalesce(sum(started), 0)::float8 from signalbox.metrics_1s
      where at_ms >= signalbox.now_ms() - $5 and lane = any($1)) as started`;

interface Gates {
  nowMs: number;
  queue: string;
  pool: string;
  paused: boolean;
  definitionPaused: boolean;
  maxRunning: number | null;
  running: number;
  /** JSON text. */
  bucket: string | null;
  workers: number;
  lanes: number[];
  deferrable: boolean;
  deferral: Deferral | null;
}

/** What `explainWaiting` needs to know of a job and its surroundings; every count is bounded. */
export async function loadWaitingFacts(
  db: Queryable,
  job: JobRow,
  settings: PrioritySettings,
): Promise<WaitingFacts> {
  const { rows } = await db.query({ name: "load-waiting-gates", text: gates, values: [job.lane] });
  const { nowMs, queue, pool, paused, maxRunning, running, bucket, workers, lanes, deferrable, deferral } =
    rows[0] as Gates;
  const priority = priorityAt(job.rank);
  const ahead = job.state === "available" ? await loadAhead(db, job, settings, lanes, nowMs) : null;
  return {
    nowMs,
    job: {
      state: job.state,
      definition: job.definition,
      definitionPaused: (rows[0] as Gates).definitionPaused,
      priority,
      runAtMs: job.runAtMs,
      failures: job.failures,
    },
    queue: { name: queue, paused, running, maxRunning, bucket: bucket === null ? null : JSON.parse(bucket) },
    pool: { name: pool, workers },
    deferral:
      deferral === null || (!deferrable && job.rank !== deferredRank)
        ? null
        : { untilMs: deferral.untilMs, forClass: priorityAt(deferral.forRank) },
    ahead,
  };
}

async function loadAhead(
  db: Queryable,
  job: JobRow,
  settings: PrioritySettings,
  lanes: number[],
  nowMs: number,
): Promise<WaitingFacts["ahead"]> {
  const key = priorityKey({ rank: job.rank, runAtMs: job.runAtMs, nowMs, settings });
  const beforeMs = priorityClasses.map((name) => {
    const { budgetMs, slope } = settings.classes[name];
    const slackMs = key >= 0 ? key : (key * budgetMs) / (slope * 60_000);
    return Math.floor(nowMs + slackMs - budgetMs);
  });
  const { rows } = await db.query({
    name: "count-jobs-ahead",
    text: countAhead,
    values: [lanes, priorityClasses.map((_, rank) => rank), beforeMs, maxAhead + 1, rateWindowMs],
  });
  const { jobs, started } = rows[0] as { jobs: number; started: number };
  const exact = jobs <= maxAhead;
  const expectedStartMs = started > 0 && exact ? Math.round(nowMs + (jobs * rateWindowMs) / started) : null;
  return { jobs: Math.min(jobs, maxAhead), exact, expectedStartMs };
}
