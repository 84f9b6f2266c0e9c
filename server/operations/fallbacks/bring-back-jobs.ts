import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { takeDivertedJobs } from "#server/store/fallbacks/take-diverted-jobs.ts";
import type { Undoing } from "../automation/undo-actions.ts";
import { JobWrites } from "../jobs/job-writes.ts";

/**
 * Bring the jobs that were diverted under an event, and still wait where they were put, back to their own definition. The
 * fallback stays out of it for the rest of the hold: the duty that diverts asks the event. Returns the lanes they stand in.
 */
export async function bringBackJobs({
  transaction,
  event,
  actor,
  reason,
}: Omit<Undoing, "engine">): Promise<number[]> {
  const jobs = await takeDivertedJobs(transaction, event.id);
  const writes = new JobWrites(transaction);
  for (const { id: jobId, state: stood, fromLane, fromVersion, toLane: _, ...place } of jobs) {
    // Its own queue may limit other keys, or none.
    const state = stood === "held" ? "available" : stood;
    writes.place({ jobId, job: { ...place, lane: fromLane, amended: true, state } });
    writes.amend({
      jobId,
      payload: null,
      failuresFrom: null,
      lane: fromLane,
      definitionVersion: fromVersion,
      actor,
      reason,
    });
    writes.event({
      jobId,
      kind: "diverted",
      from: stood,
      to: state,
      actor,
      because: [`brought back to ${event.objectId}`, reason],
      data: { definition: event.objectId },
    });
  }
  await writes.flush();
  await insertAuditEntry(transaction, {
    actor,
    action: "definition.bring-back",
    objectKind: "definition",
    objectId: event.objectId,
    reason,
    after: { broughtBack: jobs.length },
  });
  return [...new Set(jobs.map(({ fromLane }) => fromLane))];
}
