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
export async function insertJobEvent(transaction: Queryable, event: NewJobEvent): Promise<void> {
  await transaction.query({
    name: "insert-job-event",
    text: `insert into signalbox.job_events (job_id, kind, from_state, to_state, actor, because, data)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      event.jobId,
      event.kind,
      event.from,
      event.to,
      event.actor,
      event.because,
      event.data === undefined ? null : JSON.stringify(event.data),
    ],
  });
}
