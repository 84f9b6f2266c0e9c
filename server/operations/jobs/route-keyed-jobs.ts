import type { Queryable } from "#db/client.ts";
import type { PlacedJob } from "#server/store/jobs/put-back-job.ts";
import type { TakenJob } from "#server/store/jobs/take-waiting-job.ts";
import { dropKeySlots, findKeyGates } from "#server/store/keys/find-key-gates.ts";

/** Why a job that waits for others of its concurrency key is held. */
const parkedReason = "concurrency-key";

/**
 * Where jobs that an operator puts somewhere really go. With a concurrency key, and in a queue that limits its keys, what
 * would be put in line is parked instead and admitted in its turn, unless it stood in line there before; what was parked
 * follows the job's new queue, and goes in line where no key is limited. `stood` tells where each was taken from.
 */
export async function routeKeyedJobs(
  transaction: Queryable,
  placed: readonly PlacedJob[],
  stood: ReadonlyMap<string, TakenJob>,
): Promise<readonly PlacedJob[]> {
  const concerned = placed.filter(
    ({ jobId, job }) =>
      (job.state === "available" && !keepsItsPlace(job, stood.get(jobId))) ||
      (job.state === "held" && job.hold?.reason === parkedReason),
  );
  if (concerned.length === 0) return placed;
  const gates = await findKeyGates(
    transaction,
    concerned.map(({ jobId, job }) => ({ jobId, lane: job.lane })),
  );
  if (gates.size === 0) return placed;
  await dropKeySlots(transaction, [...gates.keys()]);
  const moving = new Set(concerned.map(({ jobId }) => jobId));
  return placed.map((each) => {
    const gate = moving.has(each.jobId) ? gates.get(each.jobId) : undefined;
    if (gate === undefined) return each;
    const { hold, ...job } = each.job;
    if (!gate.limits) return { ...each, job: { ...job, state: "available" } };
    const reference = `${gate.queueId} ${gate.key}`;
    const parked = { reason: parkedReason, reference, heldAtMs: hold?.heldAtMs ?? null, untilMs: null };
    return { ...each, job: { ...job, state: "held", hold: parked } };
  });
}

function keepsItsPlace(job: TakenJob, before: TakenJob | undefined): boolean {
  return before?.state === "available" && before.lane === job.lane;
}
