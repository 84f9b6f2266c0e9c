import type { Queryable } from "#db/client.ts";

/** What a decision about a running attempt needs to know of its job. */
export interface HeldJob {
  id: string;
  lane: number;
  rank: number;
  amended: boolean;
  definitionVersion: number;
  failures: number;
  losses: number;
  /** What jitter drew after the last failure, for decorrelated jitter; null for none. */
  previousDelayMs: number | null;
  /** When the first attempt since submit, or since an operator's retry, started; null before any has ended. */
  firstStartedAtMs: number | null;
  /** Whether a retry has raised its class since then. */
  raised: boolean;
  cancelRequested: boolean;
  cancelReason: string | null;
  cancelActor: string | null;
}

// Failures and losses count from the last retry by an operator (amendments.failures_from); a lease does not carry them.
const load = `select j.id, coalesce(a.lane, j.lane) as lane, coalesce(a.class, j.class) as rank, a.job_id is not null as amended,
  coalesce(a.definition_version, j.definition_version) as "definitionVersion", t.failures, t.losses, t.previous as "previousDelayMs",
  t.first_started::float8 as "firstStartedAtMs", coalesce(t.raised, false) as raised,
  c.job_id is not null as "cancelRequested", c.reason as "cancelReason", c.actor as "cancelActor"
from signalbox.jobs j
left join lateral (
  select job_id, lane, class, failures_from, definition_version from signalbox.amendments where job_id = j.id order by revision desc limit 1) a on true
left join lateral (
  select count(*) filter (where outcome in ('failed', 'timed-out'))::int as failures,
    count(*) filter (where outcome = 'lost')::int as losses,
    (array_agg((decision->>'drawnDelayMs')::float8 order by number desc) filter (where outcome in ('failed', 'timed-out')))[1] as previous,
    min(started_at_ms) as first_started, bool_or(decision->>'raisedTo' is not null) as raised
  from signalbox.attempts where job_id = j.id and number > coalesce(a.failures_from, 0)) t on true
left join signalbox.cancel_requests c on c.job_id = j.id
where j.id = any($1::bigint[]) and not exists (select from signalbox.completed d where d.id = j.id)`;

/** The facts of jobs that are running by the caller's locked leases; jobs already completed are left out. */
export async function loadHeldJobs(db: Queryable, jobIds: string[]): Promise<HeldJob[]> {
  const { rows } = await db.query({ name: "load-held-jobs", text: load, values: [jobIds] });
  return rows as HeldJob[];
}
