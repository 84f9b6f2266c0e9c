import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import type { Queryable } from "#db/client.ts";

/** Write a version of a policy; the caller holds the catalogue's lock. */
export async function insertPolicyVersion(
  transaction: Queryable,
  policy: { name: string; version: number; body: RetryPolicy; createdBy: string },
): Promise<void> {
  await transaction.query({
    text: "insert into signalbox.retry_policies (name, version, body, created_by) values ($1, $2, $3, $4)",
    values: [policy.name, policy.version, JSON.stringify(policy.body), policy.createdBy],
  });
}
