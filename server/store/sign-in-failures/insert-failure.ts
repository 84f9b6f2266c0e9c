import type { Queryable } from "#db/client.ts";

/** Count a sign-in as failed. */
export async function insertFailure(
  transaction: Queryable,
  account: Uint8Array,
  address: string,
): Promise<void> {
  await transaction.query({
    text: "insert into signalbox.sign_in_failures (account, address) values ($1, $2)",
    values: [account, address],
  });
}
