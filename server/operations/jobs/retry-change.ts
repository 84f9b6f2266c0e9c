import type { TakeablePlacement } from "#server/store/jobs/take-waiting-job.ts";
import { becauseOf, eventData, type JobAction } from "./job-action.ts";
import type { ChangeJob, JobChange } from "./job-change.ts";
import type { JobWrites } from "./job-writes.ts";

/**
 * Puts a dead, cancelled, retryable or scheduled job in line now; attempt numbers go on, failures and losses count from
 * nothing. `payload` is JSON text that replaces the job's; null keeps it.
 */
export function retryChange(payload: string | null): ChangeJob {
  const takes: TakeablePlacement[] = ["dead", "cancelled", "scheduled"];
  const change = async (writes: JobWrites, action: JobAction): Promise<JobChange | null> => {
    const { jobId, reason, actor } = action;
    const taken = await writes.take(jobId, takes);
    if (taken === null) return null;
    const amended = taken.attempt > 0 || payload !== null;
    if (amended) writes.amend({ jobId, payload, failuresFrom: taken.attempt, actor, reason });
    const counted = { failures: 0, losses: 0, amended: taken.amended || amended };
    writes.place({ jobId, job: { ...taken, ...counted, state: "available" }, dueNow: true });
    const event = { jobId, actor, because: becauseOf(action), data: eventData(action) };
    if (payload !== null)
      writes.event({
        ...event,
        kind: "payload-replaced",
        from: taken.state,
        to: taken.state,
      });
    writes.event({ ...event, kind: "retried", from: taken.state, to: "available" });
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
  return Object.assign(change, { takes });
}
