import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobEventKind } from "#core/job/job-event.ts";
import type { JobState } from "#core/job/job-state.ts";
import type { Queryable } from "#db/client.ts";

/** An attempt as it stands or ended. `error` and `decision` are JSON text. */
export interface AttemptRow {
  number: number;
  outcome: AttemptOutcome;
  workerId: string;
  host: string | null;
  startedAtMs: number;
  finishedAtMs: number | null;
  error: string | null;
  failureClass: string | null;
  origin: string | null;
  ruleId: string | null;
  ruleName: string | null;
  fingerprint: string | null;
  decision: string | null;
}

/** An event that somebody or something wrote down; `data` is JSON text. */
export interface RecordedEvent {
  atMs: number;
  kind: JobEventKind;
  from: JobState;
  to: JobState;
  actor: string;
  because: string[];
  data: string | null;
}

/** What else is needed to tell the story of a job. */
export interface JobHistory {
  attempts: AttemptRow[];
  recorded: RecordedEvent[];
  /** Due time it was submitted with; null: at once. */
  submittedRunAtMs: number | null;
  /** Who cancelled it, while it is cancelled. */
  cancelledBy: string | null;
  /** When its queue was last edited: since then at most it is held by the pause. */
  queueUpdatedAtMs: number;
  nowMs: number;
}

/** Longest history that is shown: the newest so many attempts and events. */
const maxHistory = 2_000;

const attempts = `select t.*, w.host from (
    (select number, outcome, worker_id as "workerId", started_at_ms::float8 as "startedAtMs", finished_at_ms::float8 as "finishedAtMs",
      case when row_number() over (order by number desc) <= $3 then error end as error, failure_class as "failureClass", origin, rule_id as "ruleId", rule_name as "ruleName", fingerprint, decision
    from signalbox.attempts where job_id = $1 order by number desc limit $2)
    union all
    select attempt, 'completed', worker_id, started_at_ms::float8, finished_at_ms::float8,
      null, null, null, null, null, null, null from signalbox.completed where id = $1 and worker_id <> 0
    union all
    select u.attempt, 'running', l.worker_id, l.claimed_at_ms::float8, null, null, null, null, null, null, null, null
    from signalbox.leases l cross join lateral unnest(l.ids, l.attempts) as u(id, attempt)
    where u.id = $1 and $1 <> all(l.fenced) and not exists (select from signalbox.completed where id = $1)
  ) t left join signalbox.workers w on w.id = t."workerId" order by t.number`;

const recorded = `select * from (
    select (extract(epoch from at) * 1000)::float8 as "atMs", kind, from_state as "from", to_state as "to", actor, because, data
    from signalbox.job_events where job_id = $1 order by at desc limit $2) e order by "atMs"`;

const facts = `select j.run_at_ms::float8 as "submittedRunAtMs", signalbox.now_ms()::float8 as "nowMs",
    (select actor from signalbox.cancelled where id = j.id) as "cancelledBy",
    (extract(epoch from q.updated_at) * 1000)::float8 as "queueUpdatedAtMs"
  from signalbox.jobs j join signalbox.lanes l on l.id = $2 join signalbox.queues q on q.id = l.queue_id where j.id = $1`;

/**
 * The attempts and recorded events of a job; bounded by {@link maxHistory} each. Only the newest `reports` attempts carry
 * their error.
 */
export async function loadJobHistory(
  db: Queryable,
  jobId: string,
  lane: number,
  reports = maxHistory,
): Promise<JobHistory | null> {
  const rest = await db.query({ name: "load-job-facts", text: facts, values: [jobId, lane] });
  if (rest.rows.length === 0) return null;
  const tried = await db.query({
    name: "load-job-attempts",
    text: attempts,
    values: [jobId, maxHistory, reports],
  });
  const events = await db.query({ name: "load-job-events", text: recorded, values: [jobId, maxHistory] });
  const known = rest.rows[0] as Omit<JobHistory, "attempts" | "recorded">;
  return { ...known, attempts: tried.rows as AttemptRow[], recorded: events.rows as RecordedEvent[] };
}
