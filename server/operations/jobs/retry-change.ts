import { insertAmendment } from "#server/store/jobs/insert-amendment.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { insertReady } from "#server/store/jobs/insert-placement.ts";
import { takeWaitingJob } from "#server/store/jobs/take-waiting-job.ts";
import { becauseOf, eventData } from "./job-action.ts";
import type { ChangeJob } from "./job-change.ts";

/**
 * Puts a dead, cancelled, retryable or scheduled job in line now; attempt numbers go on, failures and losses count from
 * nothing. `payload` is JSON text that replaces the job's; null keeps it.
 */
export function retryChange(payload: string | null): ChangeJob {
  return async (transaction, action) => {
    const { jobId, reason, actor } = action;
    const taken = await takeWaitingJob(transaction, jobId, ["dead", "cancelled", "scheduled"]);
    if (taken === null) return null;
    const amended = taken.attempt > 0 || payload !== null;
    if (amended)
      await insertAmendment(transaction, { jobId, payload, failuresFrom: taken.attempt, actor, reason });
    await insertReady(transaction, jobId, {
      ...taken,
      failures: 0,
      losses: 0,
      amended: taken.amended || amended,
    });
    const event = { jobId, actor, because: becauseOf(action), data: eventData(action) };
    if (payload !== null)
      await insertJobEvent(transaction, {
        ...event,
        kind: "payload-replaced",
        from: taken.state,
        to: taken.state,
      });
    await insertJobEvent(transaction, { ...event, kind: "retried", from: taken.state, to: "available" });
    return {
      from: taken.state,
      to: "available",
      lane: taken.lane,
      rank: taken.rank,
      wake: true,
      attempt: taken.attempt,
      after: { payloadReplaced: payload !== null },
    };
  };
}
