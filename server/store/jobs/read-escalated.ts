import type { Queryable } from "#db/client.ts";

/** Jobs of one lane whose policy asks a person. */
export interface EscalatedRow {
  lane: number;
  jobs: number;
  /** The newest, 20 at most. */
  jobIds: string[];
  firstMs: number;
  lastMs: number;
  /** Of the newest. */
  reason: string;
}

/** Of them so many are looked at, the newest. */
export const escalatedLooked = 1_000;

// Index: dead_escalated, which holds nothing else.
const read = `with newest as materialized (
    select id, lane, finished_at_ms, reason from signalbox.dead
    where discarded_at is null and reason like 'escalated: %' order by finished_at_ms desc limit ${escalatedLooked})
  select lane, count(*)::int as jobs, (array_agg(id::text order by finished_at_ms desc, id desc))[1:20] as "jobIds",
    min(finished_at_ms)::float8 as "firstMs", max(finished_at_ms)::float8 as "lastMs",
    (array_agg(reason order by finished_at_ms desc))[1] as reason
  from newest group by lane`;

/** Jobs in the dead letter about which a policy asks a person, by lane; among the newest 1,000 of them. */
export async function readEscalated(db: Queryable): Promise<EscalatedRow[]> {
  const { rows } = await db.query({ name: "read-escalated", text: read });
  return rows as EscalatedRow[];
}
