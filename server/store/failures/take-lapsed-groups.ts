import type { Queryable } from "#db/client.ts";
import { type GroupRow, groupColumns } from "./group-row.ts";

/** Up to `limit` ignored groups whose time has come, locked; the caller opens them. */
export async function takeLapsedGroups(
  transaction: Queryable,
  nowMs: number,
  limit: number,
): Promise<GroupRow[]> {
  const { rows } = await transaction.query({
    name: "take-lapsed-groups",
    text: `select ${groupColumns} from signalbox.failure_groups g
      where ignored_until_ms is not null and ignored_until_ms <= $1 order by ignored_until_ms limit $2 for update skip locked`,
    values: [nowMs, limit],
  });
  return rows as GroupRow[];
}
