import type { Queryable } from "#db/client.ts";

export interface EjectionRow {
  workerId: string;
  phase: "ejected" | "probing" | "returned";
  sinceMs: number;
  untilMs: number | null;
  times: number;
  definition: string;
}

/** All that are kept: a third of the workers and those that returned within the hour, at most. */
export async function listEjections(db: Queryable): Promise<EjectionRow[]> {
  const { rows } = await db.query({
    name: "list-ejections",
    text: `select worker_id::text as "workerId", phase, since_ms::float8 as "sinceMs", until_ms::float8 as "untilMs", times, definition
      from signalbox.worker_ejections order by worker_id`,
  });
  return rows as EjectionRow[];
}
