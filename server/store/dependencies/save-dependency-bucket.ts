import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { Queryable } from "#db/client.ts";

/** Write the token bucket of a dependency whose row the transaction has locked; null takes it away. */
export async function saveDependencyBucket(
  transaction: Queryable,
  dependencyId: number,
  bucket: TokenBucket | null,
): Promise<void> {
  if (bucket === null) {
    await transaction.query({
      text: "delete from signalbox.dependency_buckets where dependency_id = $1",
      values: [dependencyId],
    });
    return;
  }
  const { limit, level, atMs } = bucket;
  await transaction.query({
    name: "save-dependency-bucket",
    text: `insert into signalbox.dependency_buckets (dependency_id, count, per_ms, level, at_ms) values ($1, $2, $3, $4, $5)
      on conflict (dependency_id) do update set count = $2, per_ms = $3, level = $4, at_ms = $5`,
    values: [dependencyId, limit.count, limit.perMs, level, atMs],
  });
}
