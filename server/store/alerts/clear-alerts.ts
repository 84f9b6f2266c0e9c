import type { Queryable } from "#db/client.ts";

/** Clear every open alert whose key is not among those that are still watched as open. Returns their ids. */
export async function clearAlerts(
  transaction: Queryable,
  openKeys: readonly string[],
  nowMs: number,
): Promise<string[]> {
  const { rows } = await transaction.query({
    name: "clear-alerts",
    text: `update signalbox.alerts set cleared_at_ms = $2 where cleared_at_ms is null and key <> all($1::text[])
      returning id::text as id`,
    values: [openKeys, nowMs],
  });
  return (rows as { id: string }[]).map(({ id }) => id);
}
