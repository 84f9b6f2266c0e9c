import { findLaneWorkers } from "#core/flow/lane-workers.ts";
import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { WaitingDependency, WaitingFacts, WaitingFallback } from "#core/job/waiting-facts.ts";
import type { Deferral } from "#core/pressure/decide-deferral.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { PrioritySettings } from "#core/priority/priority-settings.ts";
import type { Queryable } from "#db/client.ts";
import type { FallbackWalk } from "../fallbacks/fallback-row.ts";
import { readFleet } from "../overview/read-fleet.ts";
import type { JobRow } from "./job-row.ts";
import { loadWaitingLine } from "./load-waiting-line.ts";

/** Jobs of the same concurrency key are counted so far. */
const mostAhead = 1_000;

// What a claim would find of a lane and of one job in it, from the tables and not from the caches of a process; $1 lane, $2 job.
const gates = `select signalbox.now_ms()::float8 as "nowMs", q.name as queue, q.pool, q.paused, d.paused as "definitionPaused",
    q.max_running as "maxRunning", q.max_running_per_key as "maxRunningPerKey",
    case when q.max_running is null then 0 else (select count(*)::int from signalbox.leases where queue_id = q.id) end as running,
    (select jsonb_build_object('limit', jsonb_build_object('count', b.count, 'perMs', b.per_ms), 'level', b.level, 'atMs', b.at_ms)
      from signalbox.queue_buckets b where b.queue_id = q.id) as bucket,
    case when v.body#>>'{target,kind}' = 'http' then 'http' else 'worker' end as target,
    coalesce((v.body->>'deferrable')::boolean, false) as deferrable, (v.body->>'maxRunning')::int as "definitionCap",
    case when v.body ? 'maxRunning' then (select count(*)::int from signalbox.leases where definition_id = d.id) else 0 end
      as "definitionRunning",
    (select coalesce(jsonb_agg(jsonb_build_object('name', x.name, 'state', coalesce(b.state, 'closed'), 'forced', b.forced,
          'forcedBy', b.forced_by, 'forcedReason', b.forced_reason, 'forcedUntilMs', b.forced_until_ms, 'sinceMs', b.since_ms, 'untilMs', b.until_ms,
          'ratePerSecond', b.rate_per_second,
          'cause', case when b.state = 'open' then (select cause from signalbox.automation_events e
            where e.object_kind = 'dependency' and e.object_id = x.name and e.kind = 'breaker-opened' order by e.id desc limit 1) end,
          'bucket', case when t.count is not null then jsonb_build_object('limit',
            jsonb_build_object('count', t.count, 'perMs', t.per_ms), 'level', t.level, 'atMs', t.at_ms) end) order by x.name), '[]')
      from signalbox.dependencies x left join signalbox.breakers b on b.dependency_id = x.id
      left join signalbox.dependency_buckets t on t.dependency_id = x.id
      where v.body->'dependencies' ? x.name) as dependencies,
    -- Of levels that nobody reckons any more nothing follows; see server/operations/pressure/pressure-cache.ts.
    (select c#>'{deferral,deferral}' from signalbox.pressure p, jsonb_array_elements(p.body->'crews') c
      where p.part = 'levels' and p.at_ms > signalbox.now_ms() - 15000 and c->'lanes' @> to_jsonb(l.id) limit 1) as deferral,
    (select jsonb_build_object('alternate', v.body#>>'{fallback,definition}', 'maxAgeMs', (v.body#>>'{fallback,maxAgeMs}')::bigint,
        'bar', f.bar, 'undoneBy', e.undone_by, 'walk', f.body)
      from (select) one left join signalbox.fallbacks f on f.definition_id = d.id and f.ended_ms is null
      left join signalbox.automation_events e on e.id = f.event_id where v.body ? 'fallback') as fallback,
    (select jsonb_build_object('reason', h.reason, 'untilMs', h.until_ms) || case
        when h.reason <> 'concurrency-key' or j.concurrency_key is null then '{}'::jsonb
        else jsonb_build_object('key', jsonb_build_object('key', j.concurrency_key, 'fair', q.fair, 'exact', a.jobs <= ${mostAhead},
          'ahead', least(a.jobs, ${mostAhead}),
          'admitted', (select count(*) from signalbox.key_slots s where s.queue_id = q.id and s.key = j.concurrency_key))) end
      from signalbox.held h cross join lateral (select concurrency_key from signalbox.jobs where id = h.id limit 1) j
      cross join lateral (select count(*)::int as jobs from (
        select from signalbox.held o where o.reason = 'concurrency-key' and h.reason = o.reason
          and o.reference collate "C" = h.reference and (o.class, o.run_at_ms, o.id) < (h.class, h.run_at_ms, h.id)
        limit ${mostAhead} + 1) few) a
      where h.id = $2) as hold,
    coalesce((select s.deferrals from signalbox.scheduled s where s.id = $2), 0)::int as deferrals,
    -- Of several budgets the one that put something off last.
    (select jsonb_build_object('kind', u.kind, 'name', coalesce(x.name, d.name)) from signalbox.retry_budgets u
      left join signalbox.dependencies x on u.kind = 'dependency' and x.id = u.reference
      where (u.body->>'deferredAtMs') is not null and case u.kind when 'definition' then u.reference = d.id
        else v.body->'dependencies' ? x.name end
      order by (u.body->>'deferredAtMs')::float8 desc limit 1) as budget
  from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id join signalbox.definitions d on d.id = l.definition_id
  join signalbox.definition_versions v on v.definition_id = d.id and v.version = d.version where l.id = $1`;

interface Gates {
  nowMs: number;
  queue: string;
  pool: string;
  paused: boolean;
  definitionPaused: boolean;
  maxRunning: number | null;
  maxRunningPerKey: number | null;
  running: number;
  bucket: TokenBucket | null;
  target: "worker" | "http";
  deferrable: boolean;
  definitionCap: number | null;
  definitionRunning: number;
  dependencies: WaitingDependency[];
  deferral: Deferral | null;
  fallback: (Omit<WaitingFallback, "isUnfit"> & { walk: FallbackWalk | null }) | null;
  hold: WaitingFacts["job"]["hold"];
  deferrals: number;
  budget: WaitingFacts["job"]["budget"];
}

/** What `explainWaiting` needs to know of a job and its surroundings; every count is bounded. */
export async function loadWaitingFacts(
  db: Queryable,
  job: JobRow,
  settings: PrioritySettings,
): Promise<WaitingFacts> {
  const { rows } = await db.query({ name: "load-waiting-gates", text: gates, values: [job.lane, job.id] });
  const found = rows[0] as Gates;
  const { nowMs, pool, target, dependencies, deferral, hold, deferrals, budget } = found;
  const place = { pool, definition: job.definition, target };
  const workers = findLaneWorkers(await readFleet(db), place);
  const { state, runAtMs, failures, rank } = job;
  return {
    nowMs,
    job: { state, priority: priorityAt(rank), runAtMs, failures, hold, deferrals, budget },
    definition: {
      name: job.definition,
      paused: found.definitionPaused,
      target,
      deferrable: found.deferrable,
      maxRunning: found.definitionCap,
      running: found.definitionRunning,
    },
    queue: {
      name: found.queue,
      pool,
      paused: found.paused,
      running: found.running,
      maxRunning: found.maxRunning,
      maxRunningPerKey: found.maxRunningPerKey,
      bucket: found.bucket,
    },
    workers,
    dependencies,
    deferral,
    fallback: found.fallback === null ? null : fallbackOf(found.fallback, job),
    line: state === "available" ? await loadWaitingLine(db, job, { settings, nowMs, ...place }) : null,
  };
}

/** Due times of jobs in line are told by their ids, which the clock of whoever submitted them made: off by this at most, ms. */
const clocksApartMs = 1_000;

/** A job that stands before the place up to which its lane was looked through was looked at. */
function fallbackOf({ walk, ...said }: NonNullable<Gates["fallback"]>, job: JobRow): WaitingFallback {
  const place = walk?.places[`${job.lane} ${job.rank}`];
  if (place === undefined) return { ...said, isUnfit: false };
  const slackMs = walk?.done ? clocksApartMs : 0;
  return { ...said, isUnfit: job.id === place.id || job.runAtMs < place.runAtMs + slackMs };
}
