import { failureGrainsMs } from "#core/failure-group/failure-window.ts";
import type { Queryable } from "#db/client.ts";
import { type GroupRow, groupColumns } from "./group-row.ts";

/** A group that is put away and failed again: what came in, by lane and version. */
export interface TouchedGroup extends GroupRow {
  fresh: { lane: number; version: number; attempts: number; lastStartedAtMs: number }[];
}

/** How old the sample of a busy group grows before it is renewed, ms: stacks are long, and writing them each second is not worth it. */
const sampleMs = 60_000;

const grains = failureGrainsMs.map((grain) => `(${grain})`).join(", ");

// Lateral look-ups by primary key: a plan that does not know how many were fed must not read whole partitions.
const count = `with fed as materialized (
  delete from signalbox.failure_feed where ctid = any(array(select ctid from signalbox.failure_feed limit $1))
  returning job_id, number),
fresh as materialized (
  select f.job_id, f.number, a.*, coalesce(j.definition_version, 1) as version from fed f
  cross join lateral (
    select fingerprint, lane, started_at_ms, finished_at_ms, failure_class, origin, rule_id, rule_name, error,
      decision->>'kind' is distinct from 'retry' as died
    from signalbox.attempts where job_id = f.job_id and number = f.number limit 1) a
  left join lateral (select definition_version from signalbox.jobs where id = f.job_id limit 1) j on true),
counted as (
  insert into signalbox.failure_counts as c (grain_ms, at_ms, fingerprint, lane, version, attempts, deaths)
  select grain, finished_at_ms / grain * grain, fingerprint, lane, version, count(*), count(*) filter (where died)
  from fresh cross join (values ${grains}) g(grain) group by 1, 2, 3, 4, 5
  on conflict (grain_ms, at_ms, fingerprint, lane, version) do update
  set attempts = c.attempts + excluded.attempts, deaths = c.deaths + excluded.deaths),
totalled as (
  insert into signalbox.failure_totals as t (grain_ms, at_ms, fingerprint, attempts, deaths)
  select grain, finished_at_ms / grain * grain, fingerprint, count(*), count(*) filter (where died)
  from fresh cross join (values ${grains}) g(grain) group by 1, 2, 3
  on conflict (grain_ms, at_ms, fingerprint) do update
  set attempts = t.attempts + excluded.attempts, deaths = t.deaths + excluded.deaths),
sums as (
  select fingerprint, count(*) as attempts, count(*) filter (where died) as deaths, min(finished_at_ms) as first_seen_ms,
    max(finished_at_ms) as last_seen_ms, array_agg(distinct lane) as lanes from fresh group by 1),
first as (select distinct on (fingerprint) fingerprint, lane, version from fresh order by fingerprint, finished_at_ms, job_id),
last as (select distinct on (fingerprint) * from fresh order by fingerprint, finished_at_ms desc, job_id desc, number desc),
grouped as (
  insert into signalbox.failure_groups as g (fingerprint, class, origin, name, code, message, dependency, rule_id, rule_name,
    sample, sample_job_id, sample_attempt, sample_at_ms, attempts, deaths, first_seen_ms, last_seen_ms, first_lane,
    first_version, last_lane, last_version, lanes)
  select s.fingerprint, coalesce(l.failure_class, 'unknown'), coalesce(l.origin, 'code'),
    left(coalesce(l.error->>'name', 'Error'), 200), left(coalesce(l.error->>'code', l.error#>>'{causes,0,code}'), 200),
    left(concat_ws(': ', l.error->>'message', nullif(l.error#>>'{causes,0,message}', '')), 500),
    left(l.error->>'dependency', 200), l.rule_id, l.rule_name, l.error, l.job_id, l.number, l.finished_at_ms,
    s.attempts, s.deaths, s.first_seen_ms, s.last_seen_ms, f.lane, f.version, l.lane, l.version, s.lanes
  from sums s join first f using (fingerprint) join last l using (fingerprint)
  order by s.fingerprint
  on conflict (fingerprint) do update set
    attempts = g.attempts + excluded.attempts, deaths = g.deaths + excluded.deaths,
    lanes = case when g.lanes @> excluded.lanes then g.lanes else array(
      select distinct lane from unnest(g.lanes || excluded.lanes) u(lane) order by lane) end,
    first_seen_ms = least(g.first_seen_ms, excluded.first_seen_ms),
    first_lane = case when excluded.first_seen_ms < g.first_seen_ms then excluded.first_lane else g.first_lane end,
    first_version = case when excluded.first_seen_ms < g.first_seen_ms then excluded.first_version else g.first_version end,
    last_seen_ms = greatest(g.last_seen_ms, excluded.last_seen_ms),
    (class, origin, rule_id, rule_name, last_lane, last_version) = (
      select case when newer then excluded.class else g.class end, case when newer then excluded.origin else g.origin end,
        case when newer then excluded.rule_id else g.rule_id end, case when newer then excluded.rule_name else g.rule_name end,
        case when newer then excluded.last_lane else g.last_lane end,
        case when newer then excluded.last_version else g.last_version end
      from (select excluded.last_seen_ms >= g.last_seen_ms as newer) n),
    (name, code, message, dependency, sample, sample_job_id, sample_attempt, sample_at_ms) = (
      select case when renew then excluded.name else g.name end, case when renew then excluded.code else g.code end,
        case when renew then excluded.message else g.message end,
        case when renew then excluded.dependency else g.dependency end, case when renew then excluded.sample else g.sample end,
        case when renew then excluded.sample_job_id else g.sample_job_id end,
        case when renew then excluded.sample_attempt else g.sample_attempt end,
        case when renew then excluded.sample_at_ms else g.sample_at_ms end
      from (select excluded.sample_at_ms >= g.sample_at_ms + ${sampleMs}
        or excluded.sample_at_ms >= g.sample_at_ms and excluded.class <> g.class as renew) n)
  returning *)
select ${groupColumns}, null as taken,
  (select json_agg(json_build_object('lane', lane, 'version', version, 'attempts', attempts, 'lastStartedAtMs', started))
    from (select lane, version, count(*) as attempts, max(started_at_ms) as started from fresh
      where fresh.fingerprint = g.fingerprint group by 1, 2) v)::text as fresh
from grouped g where g.state <> 'open'
union all
select ${groupColumns}, (select count(*)::int from fed), null
from (select (null::signalbox.failure_groups).*) g`;

/**
 * Count up to `limit` failures that were fed and not counted, into their buckets and groups, inside the caller's
 * transaction. Returns how many, and the groups among them that are resolved or ignored.
 */
export async function countFedFailures(
  transaction: Queryable,
  limit: number,
): Promise<{ taken: number; putAway: TouchedGroup[] }> {
  const { rows } = await transaction.query({ name: "count-fed-failures", text: count, values: [limit] });
  const found = rows as (GroupRow & { taken: number | null; fresh: string | null })[];
  const putAway = found.flatMap(({ taken, fresh, ...row }) =>
    taken === null ? [{ ...row, fresh: JSON.parse(fresh ?? "[]") as TouchedGroup["fresh"] }] : [],
  );
  return { taken: found.find((row) => row.taken !== null)?.taken ?? 0, putAway };
}
