import type { Queryable } from "#db/client.ts";

/** Note what a policy is about to do about an alert; false when one has acted already or it is over. */
export async function markAlertActed(
  transaction: Queryable,
  { id, action, atMs }: { id: string; action: string; atMs: number },
): Promise<boolean> {
  const { rowCount } = await transaction.query({
    name: "mark-alert-acted",
    text: `update signalbox.alerts set acted = jsonb_build_object('action', $2::text, 'atMs', $3::bigint),
        severity = case when $2 = 'escalate' then 'critical' else severity end,
        escalated_at_ms = case when $2 = 'escalate' then $3::bigint end
      where id = $1 and cleared_at_ms is null and acted is null`,
    values: [id, action, atMs],
  });
  return rowCount === 1;
}
