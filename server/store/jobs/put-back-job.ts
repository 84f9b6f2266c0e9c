import type { Queryable } from "#db/client.ts";
import type { TakenJob } from "./take-waiting-job.ts";

/** A job with the waiting state it is to have. */
export type WaitingJob = TakenJob & { state: "available" | "scheduled" | "retryable" | "held" | "pending" };

/** A job with the place it is put into. */
export interface PlacedJob {
  jobId: string;
  job: WaitingJob;
  /** Due now, by the database's clock. */
  dueNow?: boolean;
}

const ofCommon =
  "unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[], $5::smallint[], $6::smallint[], $7::smallint[], $8::bool[]";
const common = "id, run_at_ms, lane, attempt, class, failures, losses, amended";

const statements = {
  available: `insert into signalbox.ready (${common})
    select id, coalesce(run_at_ms, signalbox.now_ms()), lane, attempt, class, failures, losses, amended
    from ${ofCommon}) as p(${common})`,
  held: `insert into signalbox.held (${common}, reason, reference, held_at_ms, until_ms)
    select id, coalesce(run_at_ms, signalbox.now_ms()), lane, attempt, class, failures, losses, amended, reason, reference,
      coalesce(held_at_ms, signalbox.now_ms()), until_ms
    from ${ofCommon}, $9::text[], $10::text[], $11::bigint[], $12::bigint[]) as p(${common}, reason, reference, held_at_ms, until_ms)`,
  pending: `insert into signalbox.pending (id, run_at_ms, lane, class, waits_for)
    select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::smallint[], $5::int[])`,
  scheduled: `insert into signalbox.scheduled (${common}, retry) select * from ${ofCommon}, $9::bool[])`,
};

/** Put jobs that were taken out into the places their `state` names. */
export async function putBackJobs(transaction: Queryable, jobs: readonly PlacedJob[]): Promise<void> {
  const groups = Map.groupBy(jobs, ({ job }) => (job.state === "retryable" ? "scheduled" : job.state));
  for (const [state, placed] of groups)
    await transaction.query({
      name: `put-back-${state}`,
      text: statements[state],
      values: columnsOf(state, placed),
    });
}

function columnsOf(state: keyof typeof statements, placed: readonly PlacedJob[]): unknown[] {
  const jobs = placed.map(({ job }) => job);
  const ids = placed.map(({ jobId }) => jobId);
  const due = placed.map(({ job, dueNow }) => (dueNow ? null : job.runAtMs));
  const lanes = jobs.map(({ lane }) => lane);
  const ranks = jobs.map(({ rank }) => rank);
  if (state === "pending") return [ids, due, lanes, ranks, jobs.map(({ waitsFor }) => waitsFor ?? 0)];
  const shared = [
    ...[ids, due, lanes, jobs.map(({ attempt }) => attempt), ranks, jobs.map(({ failures }) => failures)],
    ...[jobs.map(({ losses }) => losses), jobs.map(({ amended }) => amended)],
  ];
  if (state === "available") return shared;
  if (state === "scheduled") return [...shared, jobs.map((job) => job.state === "retryable")];
  return [
    ...shared,
    jobs.map(({ hold }) => hold?.reason ?? "held"),
    jobs.map(({ hold }) => hold?.reference ?? null),
    jobs.map(({ hold, runAtMs }) => (hold ? hold.heldAtMs : runAtMs)),
    jobs.map(({ hold }) => hold?.untilMs ?? null),
  ];
}

/** Whether a taken job stood in a place it can be put back into. */
export function isWaitingJob(job: TakenJob): job is WaitingJob {
  return job.state !== "dead" && job.state !== "cancelled";
}
