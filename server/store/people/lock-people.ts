import type { Queryable } from "#db/client.ts";

/** Lets one transaction at a time decide who is the first admin; others wait. */
export async function lockPeople(transaction: Queryable): Promise<void> {
  await transaction.query({ text: "lock table signalbox.users in share row exclusive mode" });
}
