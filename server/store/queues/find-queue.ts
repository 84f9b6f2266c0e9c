import type { KeyWeights } from "#core/flow/key-weights.ts";
import type { RateLimit } from "#core/flow/token-bucket.ts";
import type { QueueThresholds } from "#core/pressure/queue-thresholds.ts";
import type { Queryable } from "#db/client.ts";

/** A queue with all its gates. */
export interface QueueRecord {
  id: number;
  name: string;
  paused: boolean;
  /** When the pause ends by itself, ISO 8601; null when someone must end it. */
  pausedUntil: string | null;
  /** Since when it accepts no new jobs and is worked off, ISO 8601. */
  drainingSince: string | null;
  maxRunning: number | null;
  maxRunningPerKey: number | null;
  fair: boolean;
  keyWeights: KeyWeights;
  rateLimit: RateLimit | null;
  thresholds: QueueThresholds | null;
  pool: string;
}

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const columns = `id, name, paused, ${iso("paused_until")} as "pausedUntil", ${iso("draining_since")} as "drainingSince",
  max_running as "maxRunning", max_running_per_key as "maxRunningPerKey", fair, key_weights as "keyWeights",
  case when rate_limit_count is not null then jsonb_build_object('count', rate_limit_count, 'perMs', rate_limit_per_ms) end as "rateLimit",
  thresholds, pool`;

/** A queue by name; null when no definition has named it. */
export async function findQueue(db: Queryable, name: string): Promise<QueueRecord | null> {
  const { rows } = await db.query({
    text: `select ${columns} from signalbox.queues where name = $1`,
    values: [name],
  });
  return (rows[0] as QueueRecord | undefined) ?? null;
}

/** Queues by name, after `afterName`; null starts at the first. */
export async function listQueues(
  db: Queryable,
  afterName: string | null,
  limit: number,
): Promise<QueueRecord[]> {
  const { rows } = await db.query({
    text: `select ${columns} from signalbox.queues where name > coalesce($1, '') order by name limit $2`,
    values: [afterName, limit],
  });
  return rows as QueueRecord[];
}
