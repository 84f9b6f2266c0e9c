import type { Queryable } from "#db/client.ts";
import { insertDiversions } from "#server/store/fallbacks/insert-diversions.ts";
import type { LockedJob } from "#server/store/fallbacks/lock-held-jobs.ts";
import { takeLockedJobs } from "#server/store/fallbacks/take-locked-jobs.ts";
import type { Lane } from "../catalog/catalog.ts";
import { JobWrites } from "../jobs/job-writes.ts";
import type { HeldDefinition } from "./find-held-definitions.ts";

/** Who acts when nobody does, in the courses of jobs. */
export const fallbackActor = "dispatcher";

/**
 * Put locked jobs into the lane of the alternate: they keep id, due time, class, payload and attempts, and run by the
 * newest version of the alternate from now on.
 */
export async function divertJobs(
  transaction: Queryable,
  {
    held,
    to,
    eventId,
    jobs,
  }: { held: HeldDefinition; to: Lane; eventId: number; jobs: readonly LockedJob[] },
): Promise<void> {
  const from = held.definition.name;
  const alternate = to.definition.name;
  const because = `diverted to ${alternate} because the breaker of ${held.dependency} is open`;
  await takeLockedJobs(
    transaction,
    jobs.map(({ tid }) => tid),
  );
  const writes = new JobWrites(transaction);
  for (const { id: jobId, rank, attempt, failures, losses, runAtMs } of jobs) {
    const job = { rank, attempt, failures, losses, runAtMs, lane: to.id, amended: true };
    writes.place({ jobId, job: { ...job, state: "available" } });
    writes.amend({
      jobId,
      payload: null,
      failuresFrom: null,
      lane: to.id,
      definitionVersion: to.definition.version,
      actor: fallbackActor,
      reason: because,
    });
    writes.event({
      jobId,
      kind: "diverted",
      from: "available",
      to: "available",
      actor: fallbackActor,
      because: [because],
      data: { definition: alternate, before: from, dependency: held.dependency },
    });
  }
  await writes.flush();
  await insertDiversions(transaction, { eventId, toLane: to.id, jobs });
}
