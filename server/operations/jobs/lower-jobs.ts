import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import type { Undoing } from "../automation/undo-actions.ts";
import { JobWrites } from "./job-writes.ts";
import { reprioritiseChange } from "./reprioritise-change.ts";

/** Give jobs that a policy raised, and that still wait, the class back which they had. Returns their lanes. */
export async function lowerJobs({
  transaction,
  event,
  actor,
  reason,
}: Omit<Undoing, "engine">): Promise<number[]> {
  const { jobIds, from } = event.figures;
  const rank = priorityClasses.indexOf(from as PriorityClass);
  const ids = typeof jobIds === "string" && rank !== -1 ? jobIds.split(" ") : [];
  const change = reprioritiseChange(rank);
  const writes = new JobWrites(transaction);
  const lanes = new Set<number>();
  let lowered = 0;
  for (const jobId of ids.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))) {
    const told = await change(writes, { jobId, reason, actor });
    if (told === null || "refused" in told) continue;
    lanes.add(told.lane);
    lowered++;
  }
  await writes.flush();
  await insertAuditEntry(transaction, {
    ...{ actor, action: "definition.lower-jobs", objectKind: "definition", objectId: event.objectId, reason },
    after: { jobs: lowered, priority: priorityClasses[rank] },
  });
  return [...lanes];
}
