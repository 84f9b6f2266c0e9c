import type { Queryable } from "#db/client.ts";

/**
 * Make sure, at the head of a transaction, that the duty is still held under this epoch, and keep it so until commit:
 * a process that lost it meanwhile is refused before it writes.
 */
export async function holdDuty(
  transaction: Queryable,
  name: string,
  owner: string,
  epoch: string,
): Promise<boolean> {
  const { rows } = await transaction.query({
    name: "hold-duty",
    text: "select 1 from signalbox.duties where name = $1 and owner = $2 and epoch = $3 for share",
    values: [name, owner, epoch],
  });
  return rows.length === 1;
}
