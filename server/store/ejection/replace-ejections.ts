import type { Queryable } from "#db/client.ts";
import { cancelChannel } from "../leases/insert-cancel-request.ts";
import type { EjectionRow } from "./list-ejections.ts";

/** Keep exactly these; workers in `told` hear of it at commit, as of a cancel. */
export async function replaceEjections(
  transaction: Queryable,
  ejections: readonly EjectionRow[],
  told: readonly string[],
): Promise<void> {
  const column = <Key extends keyof EjectionRow>(key: Key) => ejections.map((each) => each[key]);
  await transaction.query({
    text: `with wanted as (
        select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::text[])
          as t(worker_id, phase, since_ms, until_ms, times, definition)),
      gone as (delete from signalbox.worker_ejections where worker_id not in (select worker_id from wanted))
      insert into signalbox.worker_ejections as e (worker_id, phase, since_ms, until_ms, times, definition)
      select * from wanted
      on conflict (worker_id) do update set phase = excluded.phase, since_ms = excluded.since_ms, until_ms = excluded.until_ms,
        times = excluded.times, definition = excluded.definition`,
    values: [
      column("workerId"),
      column("phase"),
      column("sinceMs").map(Math.round),
      column("untilMs").map((ms) => (ms === null ? null : Math.round(ms))),
      column("times"),
      column("definition"),
    ],
  });
  if (told.length === 0) return;
  await transaction.query({
    text: `select pg_notify('${cancelChannel}', id) from unnest($1::text[]) as t(id)`,
    values: [told],
  });
}
