import type { Queryable } from "#db/client.ts";
import type { WaitingJob } from "./put-back-job.ts";

/**
 * Take out a job that was cancelled while it waited, with the place it stood in. `late` when its cancel is older than
 * `windowMs`; `ran` when it was running, so that there is no place to go back to; null when it is not cancelled.
 */
export async function takeCancelledJob(
  transaction: Queryable,
  jobId: string,
  windowMs: number,
): Promise<WaitingJob | "late" | "ran" | null> {
  const { rows } = await transaction.query({
    name: "take-cancelled-job",
    text: `select lane, class as rank, attempt, failures, losses, amended, place,
        finished_at_ms < signalbox.now_ms() - $2::bigint as late
      from signalbox.cancelled where id = $1 for update`,
    values: [jobId, windowMs],
  });
  const row = rows[0] as
    | (Omit<WaitingJob, "state" | "runAtMs"> & {
        place: Pick<WaitingJob, "state" | "runAtMs" | "hold" | "waitsFor"> | null;
        late: boolean;
      })
    | undefined;
  if (row === undefined) return null;
  const { place, late, ...job } = row;
  if (place === null) return "ran";
  if (late) return "late";
  await transaction.query({ text: "delete from signalbox.cancelled where id = $1", values: [jobId] });
  return { ...job, ...place };
}
