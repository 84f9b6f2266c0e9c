import type { JobEventKind } from "#core/job/job-event.ts";
import type { JobState } from "#core/job/job-state.ts";
import type { Queryable } from "#db/client.ts";

export interface NewJobEvent {
  jobId: string;
  kind: JobEventKind;
  from: JobState;
  to: JobState;
  actor: string;
  because: string[];
  data?: Record<string, unknown>;
}

/** Append to a job's history; the database refuses a change of state that is not in its table of transitions. */
export function insertJobEvent(transaction: Queryable, event: NewJobEvent): Promise<void> {
  return insertJobEvents(transaction, [event]);
}

/** Append to the histories of many jobs at once. */
export async function insertJobEvents(transaction: Queryable, events: readonly NewJobEvent[]): Promise<void> {
  await transaction.query({
    name: "insert-job-events",
    text: `insert into signalbox.job_events (job_id, kind, from_state, to_state, actor, because, data)
      select e.job_id, e.kind, e.from_state, e.to_state, e.actor, array(select json_array_elements_text(e.because)), e.data
      from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::json[], $7::json[])
        as e(job_id, kind, from_state, to_state, actor, because, data)`,
    values: [
      events.map(({ jobId }) => jobId),
      events.map(({ kind }) => kind),
      events.map(({ from }) => from),
      events.map(({ to }) => to),
      events.map(({ actor }) => actor),
      events.map(({ because }) => JSON.stringify(because)),
      events.map(({ data }) => (data === undefined ? null : JSON.stringify(data))),
    ],
  });
}
