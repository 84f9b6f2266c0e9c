import type { Queryable } from "#db/client.ts";

/** Append jobs to the frozen set of an operation, in their order, and count them. */
export async function appendBulkItems(
  transaction: Queryable,
  operationId: string,
  jobIds: string[],
): Promise<void> {
  await transaction.query({
    name: "append-bulk-items",
    text: `with counted as (
        update signalbox.bulk_operations set matched = matched + cardinality($2::bigint[]) where id = $1
        returning matched - cardinality($2::bigint[]) as before)
      insert into signalbox.bulk_items (operation_id, ordinal, job_id)
      select $1, counted.before + i.place, i.id from counted, unnest($2::bigint[]) with ordinality as i(id, place)`,
    values: [operationId, jobIds],
  });
}
