import type { Queryable } from "#db/client.ts";

/** Note who has taken an open alert on; false when it is not open or somebody has already. */
export async function acknowledgeAlert(
  transaction: Queryable,
  { id, by, note }: { id: string; by: string; note: string | null },
): Promise<boolean> {
  const { rowCount } = await transaction.query({
    text: `update signalbox.alerts set acknowledged_at_ms = signalbox.now_ms(), acknowledged_by = $2, acknowledged_note = $3
      where id = $1 and cleared_at_ms is null and acknowledged_at_ms is null`,
    values: [id, by, note],
  });
  return rowCount === 1;
}
