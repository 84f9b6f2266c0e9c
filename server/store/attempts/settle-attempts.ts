import type { Queryable } from "#db/client.ts";

/** Where a job goes when its attempt ends otherwise than by completion. */
export type SettledPlacement = "ready" | "scheduled" | "dead" | "cancelled";

/** An attempt that ended otherwise than by completion, with what was decided of it. */
export interface SettledAttempt {
  leaseId: string;
  jobId: string;
  lane: number;
  rank: number;
  amended: boolean;
  attempt: number;
  /** Null when the attempt never started: it leaves no row, and its number is given again. */
  outcome: "failed" | "timed-out" | "lost" | "cancelled" | "released" | "preempted" | null;
  workerId: string;
  startedAtMs: number;
  finishedAtMs: number;
  /** JSON text of the redacted failure report. */
  error: string | null;
  failureClass: string | null;
  origin: string | null;
  ruleId: string | null;
  ruleName: string | null;
  fingerprint: string | null;
  /** JSON text {kind, delayMs, runAt, because}. */
  decision: string | null;
  placement: SettledPlacement;
  /** Due time of a ready or scheduled placement. */
  runAtMs: number;
  failures: number;
  losses: number;
  /** Why it is dead or cancelled. */
  reason: string | null;
  actor: string;
}

// An id still counts as held when its lease row stands, it is in it, not fenced, and not completed. The caller has
// locked the lease rows FOR UPDATE in an earlier statement, so this statement's snapshot sees every settle before it.
const settle = `with input as materialized (
  select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::smallint[], $5::boolean[], $6::int[], $7::text[], $8::bigint[],
    $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
    $18::text[], $19::bigint[], $20::smallint[], $21::smallint[], $22::text[], $23::text[])
  as t(lease, id, lane, class, amended, attempt, outcome, worker_id, started, finished, error, failure_class, origin, rule_id,
    rule_name, fingerprint, decision, placement, run_at_ms, failures, losses, reason, actor)),
own as materialized (
  select i.* from input i join signalbox.leases l on l.id = i.lease and l.worker_id = i.worker_id
  where i.id = any(l.ids) and i.id <> all(l.fenced) and not exists (select from signalbox.completed c where c.id = i.id)),
tried as (
  insert into signalbox.attempts (job_id, number, outcome, worker_id, lane, started_at_ms, finished_at_ms, error,
    failure_class, origin, rule_id, rule_name, fingerprint, decision)
  select id, attempt, outcome, worker_id, lane, started, finished, error::json, failure_class, origin, rule_id, rule_name,
    fingerprint, decision::json from own where outcome is not null),
readied as (
  insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses, amended)
  select run_at_ms, id, lane, attempt - (outcome is null)::int, class, failures, losses, amended from own where placement = 'ready'),
later as (
  insert into signalbox.scheduled (id, run_at_ms, lane, attempt, class, failures, losses, amended, retry)
  select id, run_at_ms, lane, attempt, class, failures, losses, amended, true from own where placement = 'scheduled'),
died as (
  insert into signalbox.dead (id, finished_at_ms, lane, class, attempt, failures, losses, amended, failure_class, reason, fingerprint)
  select id, finished, lane, class, attempt, failures, losses, amended, coalesce(failure_class, 'unknown'), coalesce(reason, ''),
    fingerprint from own where placement = 'dead'),
ended as (
  insert into signalbox.cancelled (id, finished_at_ms, lane, class, attempt, failures, losses, amended, actor, reason)
  select id, finished, lane, class, attempt, failures, losses, amended, actor, reason from own where placement = 'cancelled'),
answered as (delete from signalbox.cancel_requests where job_id in (select id from own)),
gave_way as (delete from signalbox.preempt_requests where job_id in (select id from own)),
fenced as (
  update signalbox.leases l set fenced = l.fenced || o.ids
  from (select lease, array_agg(id) as ids from own group by lease) o
  where l.id = o.lease and l.id <> all($24::bigint[])),
closed as (delete from signalbox.leases where id = any($24::bigint[]) and (select count(*) from own) >= 0)
select id from own`;

/**
 * Settle attempts as decided and drop the leases in `closedLeaseIds`, inside the caller's transaction that holds
 * the leases FOR UPDATE. Returns the job ids that were still held; nothing is written of the others.
 */
export async function settleAttempts(
  transaction: Queryable,
  attempts: SettledAttempt[],
  closedLeaseIds: string[],
): Promise<Set<string>> {
  const column = <Key extends keyof SettledAttempt>(key: Key) => attempts.map((each) => each[key]);
  const { rows } = await transaction.query({
    name: "settle-attempts",
    text: settle,
    values: [
      column("leaseId"),
      column("jobId"),
      column("lane"),
      column("rank"),
      column("amended"),
      column("attempt"),
      column("outcome"),
      column("workerId"),
      column("startedAtMs"),
      column("finishedAtMs"),
      column("error"),
      column("failureClass"),
      column("origin"),
      column("ruleId"),
      column("ruleName"),
      column("fingerprint"),
      column("decision"),
      column("placement"),
      column("runAtMs"),
      column("failures"),
      column("losses"),
      column("reason"),
      column("actor"),
      closedLeaseIds,
    ],
    rowMode: "array",
  });
  return new Set((rows as [string][]).map(([id]) => id));
}
