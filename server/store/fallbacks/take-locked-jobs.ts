import type { Queryable } from "#db/client.ts";

/** Take jobs that the transaction has locked out of the line. Throws when one is gone, which a lock does not allow. */
export async function takeLockedJobs(transaction: Queryable, tids: readonly string[]): Promise<void> {
  const { rowCount } = await transaction.query({
    name: "take-locked-jobs",
    text: "delete from signalbox.ready where ctid = any($1::tid[])",
    values: [tids],
  });
  if (rowCount !== tids.length) throw new Error(`${rowCount} of ${tids.length} locked jobs stood in line`);
}
