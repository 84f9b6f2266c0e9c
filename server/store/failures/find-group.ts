import type { Queryable } from "#db/client.ts";
import { type GroupRow, groupColumns } from "./group-row.ts";

export interface GroupWithSample extends GroupRow {
  /** JSON text of the redacted report of one failure; null when there was none. */
  sample: string | null;
}

/** One group with its sample, or null. `lock` holds the row until the caller's transaction ends. */
export async function findGroup(
  db: Queryable,
  fingerprint: string,
  lock = false,
): Promise<GroupWithSample | null> {
  const { rows } = await db.query({
    text: `select ${groupColumns}, g.sample from signalbox.failure_groups g where fingerprint = $1${lock ? " for update" : ""}`,
    values: [fingerprint],
  });
  return (rows[0] as GroupWithSample | undefined) ?? null;
}
