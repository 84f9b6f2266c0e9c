import type { Queryable } from "#db/client.ts";

/** A queue begins to limit its keys: what stands in line already is still to be looked through. */
export async function openKeyLine(transaction: Queryable, queueId: number): Promise<void> {
  await transaction.query({
    text: `insert into signalbox.key_lines (queue_id, since_ms) values ($1, signalbox.now_ms())
      on conflict (queue_id) do update set since_ms = excluded.since_ms, swept = false`,
    values: [queueId],
  });
}
