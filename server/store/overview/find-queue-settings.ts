import type { Queryable } from "#db/client.ts";

/** The limits of a queue; null is none. */
export interface QueueSettingsRow {
  maxRunningPerKey: number | null;
  rateLimitCount: number | null;
  rateLimitPerMs: number | null;
  thresholds: { maxDepth?: number; maxOldestMs?: number; action?: string } | null;
  updatedAtMs: number;
}

/** What the catalogue in memory does not hold of a queue, or null when there is none of that name. */
export async function findQueueSettings(db: Queryable, name: string): Promise<QueueSettingsRow | null> {
  const { rows } = await db.query({
    name: "find-queue-settings",
    text: `select max_running_per_key as "maxRunningPerKey", rate_limit_count as "rateLimitCount",
        rate_limit_per_ms as "rateLimitPerMs", thresholds, (extract(epoch from updated_at) * 1000)::float8 as "updatedAtMs"
      from signalbox.queues where name = $1`,
    values: [name],
  });
  return (rows as QueueSettingsRow[])[0] ?? null;
}
