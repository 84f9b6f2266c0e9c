import type { Queryable } from "#db/client.ts";

/** Put up to `limit` parked jobs of a queue that no longer limits its keys in line; answers their lanes. Index: held_key. */
export async function releaseParked(
  transaction: Queryable,
  queueId: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await transaction.query({
    name: "release-parked",
    text: `with picked as materialized (
        select id from signalbox.held where reason = 'concurrency-key' and reference collate "C" > $1 and reference collate "C" < $2
        order by reference collate "C" limit $3 for update skip locked),
      gone as (
        delete from signalbox.held where id = any(array(select id from picked))
        returning run_at_ms, id, lane, attempt, class, failures, losses, amended),
      placed as (
        insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses, amended)
        select run_at_ms, id, lane, attempt, class, failures, losses, amended from gone)
      select lane from gone`,
    values: [`${queueId} `, `${queueId}!`, limit],
    rowMode: "array",
  });
  return (rows as [number][]).map(([lane]) => lane);
}

/** Forget who has a place in a queue that no longer limits its keys. */
export async function forgetKeys(transaction: Queryable, queueId: number): Promise<void> {
  await transaction.query({ text: "delete from signalbox.key_slots where queue_id = $1", values: [queueId] });
  await transaction.query({
    text: "delete from signalbox.key_passes where queue_id = $1",
    values: [queueId],
  });
}
