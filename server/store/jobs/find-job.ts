import type { JobEvent } from "#core/job/job-event.ts";
import { isWaiting } from "#core/job/job-state.ts";
import { explainWaiting, type WaitingReason } from "#core/job/waiting-reasons.ts";
import type { PrioritySettings } from "#core/priority/priority-settings.ts";
import type { Pool } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { deriveJobEvents } from "./derive-job-events.ts";
import { isJobId } from "./job-id.ts";
import type { JobRow } from "./job-row.ts";
import { type AttemptRow, loadJobHistory } from "./load-job-history.ts";
import { loadJobRows } from "./load-job-rows.ts";
import { loadWaitingFacts } from "./load-waiting-facts.ts";

/** Everything there is to know of one job. */
export interface JobDetail {
  job: JobRow;
  /** By number; the newest 2,000. */
  attempts: AttemptRow[];
  /** Oldest first. */
  events: JobEvent[];
  /** Binding one first; empty unless the job waits. */
  waitingReasons: WaitingReason[];
}

/**
 * A job with its attempts, events and waiting reasons, all of one instant; null when there is none of that id. With
 * `reports` only so many of the newest attempts carry their error.
 */
export async function findJob(
  pool: Pool,
  id: string,
  settings: PrioritySettings,
  reports?: number,
): Promise<JobDetail | null> {
  if (!isJobId(id)) return null;
  return inTransaction(pool, async (transaction) => {
    await transaction.query({ text: "set transaction isolation level repeatable read, read only" });
    const { jobs } = await loadJobRows(transaction, [id]);
    const job = jobs[0];
    const history = job && (await loadJobHistory(transaction, id, job.lane, reports));
    if (!job || !history) return null;
    const facts = isWaiting(job.state) ? await loadWaitingFacts(transaction, job, settings) : null;
    return {
      job,
      attempts: history.attempts,
      events: deriveJobEvents(job, history),
      waitingReasons: facts === null ? [] : explainWaiting(facts),
    };
  });
}
