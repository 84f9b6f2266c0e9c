import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import type { Queryable } from "#db/client.ts";
import type { JobRow } from "./job-row.ts";
import { type Parameters, startParameters } from "./parameters.ts";
import { anyRow, type RowConditions } from "./row-conditions.ts";

/** Which of the rows to give, and how much of each. */
export interface RowOptions {
  /** Writes what must hold of `found`; absent for all rows. */
  conditions?: (parameters: Parameters) => RowConditions;
  /** Leave out payloads and outputs. */
  brief?: boolean;
  /** Most rows; default as many as ids. */
  limit?: number;
  /** Take the newest when there are more than `limit`; default true. The rows come newest first in any case. */
  newestFirst?: boolean;
}

/** Most bytes of payload and output in one answer; the rest of the page follows with the next cursor. */
const maxPageBytes = 8_388_608;

// One snapshot over all placements: a job that moves meanwhile is seen in exactly one. A completed row outranks the
// lease it was completed under, which stands until its whole batch is done; ready has no index by id, so a job that
// is nowhere else is ready, and in a paused queue that means held.
const load = `with wanted as materialized (select distinct id from unnest($1::bigint[]) as t(id)),
running as materialized (
  select u.id, u.attempt, l.claimed_at_ms, l.worker_id
  from signalbox.leases l cross join lateral unnest(l.ids, l.attempts) as u(id, attempt)
  where u.id in (select id from wanted) and u.id <> all(l.fenced)),
found as (
  select j.id, ln.id as lane, d.name as definition, d.id as "definitionId", coalesce(a.definition_version, j.definition_version) as version, q.name as queue,
    coalesce(a.class, j.class) as rank,
    case when c.id is not null then 'completed' when x.id is not null then 'dead' when n.id is not null then 'cancelled'
      when s.id is not null then case when s.retry then 'retryable' else 'scheduled' end
      when h.id is not null then 'held' when p.id is not null then 'pending' when r.id is not null then 'running'
      when q.paused then 'held' else 'available' end as state,
    coalesce(newer.payload, j.payload) as payload, c.output,
    coalesce(c.attempt, x.attempt, n.attempt, s.attempt, h.attempt, r.attempt, t.latest, 0) as attempt,
    coalesce(x.failures, n.failures, s.failures, h.failures, t.failures)::int as failures,
    coalesce(x.losses, n.losses, s.losses, h.losses, t.losses)::int as losses,
    coalesce((v.body#>>'{retryPolicy,maxAttempts}')::int, policy.max_attempts, $2) as "maxAttempts",
    coalesce(s.run_at_ms, h.run_at_ms, least(signalbox.now_ms(), coalesce(
      case when a.retried_at is not null and a.failures_from >= coalesce(t.latest, 0)
        then (extract(epoch from a.retried_at) * 1000)::bigint else t.next_ms end,
      j.run_at_ms, signalbox.id_ms(j.id))))::float8 as "runAtMs",
    signalbox.id_ms(j.id)::float8 as "createdAtMs",
    coalesce(case when c.worker_id <> 0 then c.started_at_ms end, case when x.id is null and n.id is null then r.claimed_at_ms end, t.started_ms)::float8 as "startedAtMs",
    coalesce(c.finished_at_ms, x.finished_at_ms, n.finished_at_ms)::float8 as "finishedAtMs",
    coalesce(cr.requested_at_ms, asked.at_ms)::float8 as "cancelRequestedAtMs",
    (extract(epoch from x.discarded_at) * 1000)::bigint::float8 as "discardedAtMs",
    j.idempotency_key as "idempotencyKey", j.concurrency_key as "concurrencyKey", j.correlation_id as "correlationId", j.traceparent,
    coalesce(j.tags, '{}') as tags, j.submitted_by as "submittedBy",
    coalesce(h.reason, x.reason, n.reason) as reason,
    coalesce(nullif(c.worker_id, 0), case when x.id is null and n.id is null and s.id is null then r.worker_id end) as "workerId",
    case when e.error is not null then json_build_object('attempt', e.number, 'name', e.error->>'name',
      'code', e.error->>'code', 'message', e.error->>'message', 'httpStatus', (e.error->>'httpStatus')::int,
      'dependency', e.error->>'dependency', 'class', e.failure_class, 'origin', e.origin, 'fingerprint', e.fingerprint,
      'atMs', e.finished_at_ms)::text end as "lastError",
    e.failure_class, e.error->>'message' as message, e.error->>'name' as error_name, e.error->>'code' as error_code
  from wanted w
  join signalbox.jobs j on j.id = w.id
  left join signalbox.completed c on c.id = w.id
  left join signalbox.dead x on x.id = w.id
  left join signalbox.cancelled n on n.id = w.id
  left join signalbox.scheduled s on s.id = w.id
  left join signalbox.held h on h.id = w.id
  left join signalbox.pending p on p.id = w.id
  left join running r on r.id = w.id and c.id is null
  left join signalbox.cancel_requests cr on cr.job_id = w.id
  left join lateral (
    select x.lane, x.class, x.failures_from, x.definition_version, (
        -- Other amendments (a new class, another queue) leave the due time alone.
        select min(r.created_at) from signalbox.amendments r where r.job_id = w.id
          and r.failures_from = x.failures_from and (r.failures_from > 0 or r.payload is not null)) as retried_at
    from signalbox.amendments x where x.job_id = w.id order by x.revision desc limit 1) a on true
  left join lateral (
    select payload from signalbox.amendments where job_id = w.id and payload is not null
    order by revision desc limit 1) newer on true
  left join lateral (
    select max(number) as latest, (array_agg(started_at_ms order by number desc))[1] as started_ms,
      (array_agg((extract(epoch from (decision->>'runAt')::timestamptz) * 1000)::bigint order by number desc))[1] as next_ms,
      count(*) filter (where outcome in ('failed', 'timed-out') and number > coalesce(a.failures_from, 0)) as failures,
      count(*) filter (where outcome = 'lost' and number > coalesce(a.failures_from, 0)) as losses
    from signalbox.attempts where job_id = w.id) t on true
  left join lateral (
    select number, error, failure_class, origin, fingerprint, finished_at_ms from signalbox.attempts
    where job_id = w.id and failure_class is not null order by number desc limit 1) e on true
  left join lateral (
    select (extract(epoch from max(at)) * 1000)::bigint as at_ms from signalbox.job_events
    where job_id = w.id and kind = 'cancel-requested' and n.id is not null) asked on true
  join signalbox.lanes ln on ln.id = coalesce(a.lane, j.lane)
  join signalbox.queues q on q.id = ln.queue_id
  join signalbox.definitions d on d.id = ln.definition_id
  left join signalbox.definition_versions v on v.definition_id = d.id and v.version = coalesce(a.definition_version, j.definition_version)
  left join lateral (
    select (body->>'maxAttempts')::int as max_attempts from signalbox.retry_policies
    where name = v.body->>'retryPolicy' order by version desc limit 1) policy on true),
`;

// $1 ids, $2 default maxAttempts, $3 limit, $4 brief.
const statement = (conditions: RowConditions, order: "asc" | "desc") => `${load}page as (
  select * from found where ${["true", ...conditions.sql].join(" and ")} order by found.id ${order} limit $3)
select * from (
  select *, sum(case when $4 then 0 else octet_length(payload::text) + coalesce(octet_length(output::text), 0) end)
    over (order by page.id ${order}) as bytes, row_number() over (order by page.id ${order}) as place from page) sized
order by sized.id desc`;

type Found = Omit<JobRow, "lastError"> & { lastError: string | null; bytes: string; place: string };

/**
 * The jobs of these ids that meet the conditions, newest first, as they stand in one snapshot. Reads by primary key
 * for each id; give it at most a few thousand. `cut` says that rows were left off because the page grew too big.
 */
export async function loadJobRows(
  db: Queryable,
  ids: string[],
  options: RowOptions = {},
): Promise<{ jobs: JobRow[]; cut: boolean }> {
  if (ids.length === 0) return { jobs: [], cut: false };
  const { brief = false, newestFirst = true, limit = ids.length } = options;
  const parameters = startParameters(ids, defaultRetryPolicy.maxAttempts, limit, brief);
  const conditions = options.conditions?.(parameters) ?? anyRow;
  const order = newestFirst ? "desc" : "asc";
  const { rows } = await db.query({
    name: `load-job-rows-${order}-${conditions.shape}`.slice(0, 63),
    text: statement(conditions, order),
    values: parameters.values,
  });
  const kept = (rows as Found[]).filter((row) => row.place === "1" || Number(row.bytes) <= maxPageBytes);
  return { jobs: kept.map((row) => toJobRow(row, brief)), cut: kept.length < rows.length };
}

function toJobRow(row: Found, brief: boolean): JobRow {
  const { lastError, ...rest } = row;
  return {
    id: rest.id,
    lane: rest.lane,
    definition: rest.definition,
    definitionId: rest.definitionId,
    version: rest.version,
    queue: rest.queue,
    rank: rest.rank,
    state: rest.state,
    payload: brief ? null : rest.payload,
    output: brief ? null : rest.output,
    attempt: rest.attempt,
    failures: rest.failures,
    losses: rest.losses,
    maxAttempts: rest.maxAttempts,
    runAtMs: rest.runAtMs,
    createdAtMs: rest.createdAtMs,
    startedAtMs: rest.startedAtMs,
    finishedAtMs: rest.finishedAtMs,
    cancelRequestedAtMs: rest.cancelRequestedAtMs,
    discardedAtMs: rest.discardedAtMs,
    idempotencyKey: rest.idempotencyKey,
    concurrencyKey: rest.concurrencyKey,
    correlationId: rest.correlationId,
    traceparent: rest.traceparent,
    tags: rest.tags,
    submittedBy: rest.submittedBy,
    reason: rest.reason,
    workerId: rest.workerId,
    lastError: lastError === null ? null : JSON.parse(lastError),
  };
}
