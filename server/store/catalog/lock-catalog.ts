import type { Queryable } from "#db/client.ts";

/** Take the turn to edit the catalogue until the transaction ends; returns its version as it stands. */
export async function lockCatalog(transaction: Queryable): Promise<bigint> {
  const { rows } = await transaction.query({ text: "select version from signalbox.catalog for update" });
  return BigInt((rows[0] as { version: string }).version);
}
