import { discardDeadJob } from "#server/store/jobs/discard-dead-job.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { becauseOf, eventData } from "./job-action.ts";
import type { ChangeJob } from "./job-change.ts";

/** Takes a dead job out of the dead letter; it stays in history. */
export const discardChange: ChangeJob = async (transaction, action) => {
  const { jobId, actor } = action;
  const found = await discardDeadJob(transaction, jobId, actor);
  if (found === null) return null;
  if (found === "discarded") return { refused: "is discarded already" };
  await insertJobEvent(transaction, {
    jobId,
    kind: "discarded",
    from: "dead",
    to: "dead",
    actor,
    because: becauseOf(action),
    data: eventData(action),
  });
  return { from: "dead", to: "dead", ...found, wake: false, after: { discarded: true } };
};
