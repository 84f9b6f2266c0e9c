import type { Queryable } from "#db/client.ts";

/** Write how far keys of a class are ahead of its virtual time, and forget those that are not; the transaction holds the line. */
export async function savePasses(
  transaction: Queryable,
  {
    queueId,
    rank,
    passes,
    base,
  }: { queueId: number; rank: number; passes: ReadonlyMap<string, number>; base: number },
): Promise<void> {
  await transaction.query({
    name: "save-key-passes",
    text: `with forgotten as (
        delete from signalbox.key_passes where queue_id = $1 and class = $2 and pass <= $5 and key <> all($3::text[]))
      insert into signalbox.key_passes (queue_id, class, key, pass) select $1, $2, t.* from unnest($3::text[], $4::float8[]) t
      on conflict (queue_id, class, key) do update set pass = excluded.pass`,
    values: [queueId, rank, [...passes.keys()], [...passes.values()], base],
  });
}
