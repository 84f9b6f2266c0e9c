import type { Queryable } from "#db/client.ts";

/** Forget what failed for an account, once somebody has shown that it is theirs. */
export async function deleteFailures(transaction: Queryable, account: Uint8Array): Promise<void> {
  await transaction.query({
    text: "delete from signalbox.sign_in_failures where account = $1",
    values: [account],
  });
}
