import type { RecentAttempts } from "#core/bulk/bulk-guard.ts";
import type { Queryable } from "#db/client.ts";

/** So far back is recent, ms. */
const recentMs = 300_000;

/** How the attempts of these lanes ended in the last five minutes, from the counters of 10 s. */
export async function readRecentAttempts(db: Queryable, lanes: number[]): Promise<RecentAttempts> {
  const { rows } = await db.query({
    name: "read-recent-attempts",
    text: `select coalesce(sum(completed), 0)::int as completed, coalesce(sum(retried + died), 0)::int as failed
      from signalbox.metrics_10s where at_ms >= (select signalbox.now_ms()) - $1 and lane = any($2::int[])`,
    values: [recentMs, lanes],
  });
  return rows[0] as RecentAttempts;
}
