import type { Queryable } from "#db/client.ts";
import { sqlState } from "#db/transaction.ts";
import { numberArray } from "../number-array.ts";

export interface Completion {
  leaseId: string;
  jobId: string;
  attempt: number;
  startedAtMs: number;
  finishedAtMs: number;
  /** JSON text, null for none. */
  output: string | null;
}

// KEY SHARE on the lease rows lets heartbeats renew them meanwhile but not the reaper delete them; a fenced id was
// settled otherwise or taken away, and Postgres re-reads the row after waiting for whoever fenced it.
const complete = (onConflict: string) => `with own as materialized (
  select id, fenced from signalbox.leases where id = any($1::bigint[]) and worker_id = $2 order by id for key share),
done as (
  insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt, output)
  select i.id, i.started, i.finished, $2, i.attempt, i.output::json
  from unnest($3::bigint[], $4::bigint[], $5::int[], $6::bigint[], $7::bigint[], $8::text[])
    as i(lease, id, attempt, started, finished, output)
  join own on own.id = i.lease where i.id <> all(own.fenced)
  ${onConflict} returning 1),
closed as (
  delete from signalbox.leases where id = any($9::bigint[]) and worker_id = $2 and (select count(*) from done) >= 0)
select count(*)::int as accepted from done`;

// A completion comes twice only when the first answer was lost. Being ready for that in every statement costs a third of
// it (a speculative insert a row), so the first try is without.
const firstTime = complete("");
const again = complete("on conflict (id) do nothing");

const findAccepted = `select c.id from signalbox.completed c
  join unnest($1::bigint[], $2::int[]) as i(id, attempt) on c.id = i.id and c.attempt = i.attempt and c.worker_id = $3`;

/**
 * Record completions of the worker in one statement (not inside a transaction: a repetition is found by its error) and drop the leases in `closedLeaseIds`. Returns the job ids
 * that were accepted: one whose lease was lost, fenced or already completed is not, and nothing of it is written.
 */
export async function completeAttempts(
  db: Queryable,
  workerId: string,
  completions: Completion[],
  closedLeaseIds: string[],
): Promise<"all" | Set<string>> {
  const values = [
    numberArray([...new Set(completions.map((each) => each.leaseId))]),
    workerId,
    numberArray(completions.map((each) => each.leaseId)),
    numberArray(completions.map((each) => each.jobId)),
    numberArray(completions.map((each) => each.attempt)),
    numberArray(completions.map((each) => each.startedAtMs)),
    numberArray(completions.map((each) => each.finishedAtMs)),
    completions.some((each) => each.output !== null) ? completions.map((each) => each.output) : null,
    numberArray(closedLeaseIds),
  ];
  let accepted: number;
  try {
    accepted = await run(db, "complete-attempts", firstTime, values);
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    accepted = await run(db, "complete-attempts-again", again, values);
  }
  if (accepted === completions.length) return "all";
  const found = await db.query({
    text: findAccepted,
    values: [completions.map((each) => each.jobId), completions.map((each) => each.attempt), workerId],
    rowMode: "array",
  });
  return new Set((found.rows as [string][]).map(([id]) => id));
}

async function run(db: Queryable, name: string, text: string, values: unknown[]): Promise<number> {
  const { rows } = await db.query({ name, text, values, rowMode: "array" });
  return (rows[0] as [number])[0];
}
