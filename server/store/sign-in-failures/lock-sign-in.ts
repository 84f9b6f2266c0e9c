import type { Queryable } from "#db/client.ts";

/** Any two numbers, the same in every process: whose turn it is to sign in from an address, and to an account. */
const addressLock = 551_941;
const accountLock = 551_942;

/** Lets one sign-in at a time from an address, and to an account, see how many have failed and count itself. */
export async function lockSignIn(
  transaction: Queryable,
  account: Uint8Array,
  address: string,
): Promise<void> {
  await transaction.query({
    text: "select pg_advisory_xact_lock($1, hashtext($2))",
    values: [addressLock, address],
  });
  await transaction.query({
    text: "select pg_advisory_xact_lock($1, hashtext(encode($2, 'hex')))",
    values: [accountLock, account],
  });
}
