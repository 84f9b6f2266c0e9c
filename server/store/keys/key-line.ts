import type { KeyWeights } from "#core/flow/key-weights.ts";
import type { Queryable } from "#db/client.ts";

/** A queue that limits its keys, or did, under its lock. */
export interface KeyLine {
  queueId: number;
  pool: string;
  maxRunningPerKey: number | null;
  fair: boolean;
  weights: KeyWeights;
  lanes: number[];
  /** What stood in line before the keys were limited has been looked through. */
  swept: boolean;
  /** For how long it has limited them, ms. */
  ageMs: number;
  /** Virtual time of fair admission, one a class. */
  bases: number[];
}

/** Queues that limit their keys, or did once. */
export async function listKeyLines(db: Queryable): Promise<{ queueId: number; limits: boolean }[]> {
  const { rows } = await db.query({
    name: "list-key-lines",
    text: `select l.queue_id as "queueId", q.max_running_per_key is not null or q.fair as limits
      from signalbox.key_lines l join signalbox.queues q on q.id = l.queue_id order by l.queue_id`,
  });
  return rows as { queueId: number; limits: boolean }[];
}

/**
 * Lock the line of a queue until the transaction ends: whoever holds it is the only one that admits jobs there. Null when
 * another has it. Two statements, because what is read must be seen as it is once the lock is held.
 */
export async function lockKeyLine(transaction: Queryable, queueId: number): Promise<KeyLine | null> {
  const locked = await transaction.query({
    name: "lock-key-line",
    text: "select from signalbox.key_lines where queue_id = $1 for no key update skip locked",
    values: [queueId],
  });
  if (locked.rows.length === 0) return null;
  const { rows } = await transaction.query({
    name: "read-key-line",
    text: `select l.queue_id as "queueId", q.pool, q.max_running_per_key as "maxRunningPerKey", q.fair, q.key_weights as weights, l.swept, l.bases,
        (signalbox.now_ms() - l.since_ms)::float8 as "ageMs",
        coalesce((select array_agg(id order by id) from signalbox.lanes n where n.queue_id = q.id), '{}') as lanes
      from signalbox.key_lines l join signalbox.queues q on q.id = l.queue_id where l.queue_id = $1`,
    values: [queueId],
  });
  return rows[0] as KeyLine;
}

/** Write how far a line has come; the transaction holds its lock. */
export async function saveKeyLine(
  transaction: Queryable,
  { queueId, swept, bases }: Pick<KeyLine, "queueId" | "swept" | "bases">,
): Promise<void> {
  await transaction.query({
    name: "save-key-line",
    text: "update signalbox.key_lines set swept = $2, bases = $3 where queue_id = $1",
    values: [queueId, swept, bases],
  });
}
