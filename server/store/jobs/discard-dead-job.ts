import type { Queryable } from "#db/client.ts";

/** A dead job as far as acts on it need to know. */
export interface DeadJob {
  lane: number;
  rank: number;
}

/** Mark a dead job as discarded; null when it is not dead, `discarded` when it is marked already. */
export async function discardDeadJob(
  transaction: Queryable,
  jobId: string,
  actor: string,
): Promise<DeadJob | "discarded" | null> {
  const { rows } = await transaction.query({
    name: "discard-dead-job",
    text: `with found as (select id, discarded_at is not null as gone from signalbox.dead where id = $1 for update),
      marked as (
        update signalbox.dead d set discarded_at = clock_timestamp(), discarded_by = $2
        from found where d.id = found.id and not found.gone returning d.lane, d.class)
      select found.gone, marked.lane, marked.class as rank from found left join marked on true`,
    values: [jobId, actor],
  });
  const row = rows[0] as (DeadJob & { gone: boolean }) | undefined;
  if (row === undefined) return null;
  return row.gone ? "discarded" : { lane: row.lane, rank: row.rank };
}

/** Take the mark off again; `late` when it is older than `windowMs`, null when the job bears none. */
export async function undoDiscard(
  transaction: Queryable,
  jobId: string,
  windowMs: number,
): Promise<DeadJob | "late" | null> {
  const { rows } = await transaction.query({
    name: "undo-discard",
    text: `with found as (
        select id, discarded_at < clock_timestamp() - make_interval(secs => $2 / 1000.0) as late
        from signalbox.dead where id = $1 and discarded_at is not null for update),
      cleared as (
        update signalbox.dead d set discarded_at = null, discarded_by = null
        from found where d.id = found.id and not found.late returning d.lane, d.class)
      select found.late, cleared.lane, cleared.class as rank from found left join cleared on true`,
    values: [jobId, windowMs],
  });
  const row = rows[0] as (DeadJob & { late: boolean }) | undefined;
  if (row === undefined) return null;
  return row.late ? "late" : { lane: row.lane, rank: row.rank };
}
