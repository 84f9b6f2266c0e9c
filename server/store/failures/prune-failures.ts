import type { Queryable } from "#db/client.ts";

const hour = 3_600_000;

/** How long each grain is kept, ms: a little longer than the longest window that reads it. */
const keptMs = { 60000: 7 * hour, 600000: 26 * hour, 3600000: 35 * 24 * hour };
/** A group that has not failed for so long is forgotten, with what was said of it. */
const groupKeptMs = 90 * 24 * hour;

/** Delete a batch of buckets and groups past their keeping; returns the most rows deleted of one kind. */
export async function pruneFailures(transaction: Queryable, nowMs: number, limit: number): Promise<number> {
  let most = 0;
  for (const table of ["failure_counts", "failure_totals"])
    for (const [grain, kept] of Object.entries(keptMs)) {
      const { rowCount } = await transaction.query({
        name: `prune-${table}`,
        text: `delete from signalbox.${table} where ctid = any(array(
          select ctid from signalbox.${table} where grain_ms = $1 and at_ms < $2 limit $3))`,
        values: [Number(grain), nowMs - kept, limit],
      });
      most = Math.max(most, rowCount ?? 0);
    }
  const { rowCount } = await transaction.query({
    name: "prune-failure-groups",
    text: `delete from signalbox.failure_groups where ctid = any(array(
      select ctid from signalbox.failure_groups where last_seen_ms < $1 limit $2))`,
    values: [nowMs - groupKeptMs, limit],
  });
  return Math.max(most, rowCount ?? 0);
}
