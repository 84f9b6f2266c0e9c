import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { Queryable } from "#db/client.ts";

/** The gate of a dependency as it stands under its lock. */
export interface LockedGate {
  dependencyId: number;
  state: "closed" | "open" | "half-open" | "recovering";
  forced: "open" | "closed" | null;
  /** Null: nothing to take tokens from. */
  bucket: TokenBucket | null;
  /** Database time. */
  nowMs: number;
}

/**
 * Lock the buckets of these dependencies until the transaction ends, so that claimers take turns, and read their gates.
 * Two statements, because what is read must be as it is once the locks are held; in the order of their ids, so that two
 * claimers never wait for each other.
 */
export async function lockDependencyGates(
  transaction: Queryable,
  dependencyIds: readonly number[],
): Promise<LockedGate[]> {
  await transaction.query({
    name: "lock-dependencies",
    text: "select id from signalbox.dependencies where id = any($1::int[]) order by id for no key update",
    values: [dependencyIds],
  });
  const { rows } = await transaction.query({
    name: "read-dependency-gates",
    text: `select d.id as "dependencyId", coalesce(b.state, 'closed') as state, b.forced, signalbox.now_ms()::float8 as "nowMs",
        t.count, t.per_ms as "perMs", t.level::float8 as level, t.at_ms::float8 as "atMs"
      from signalbox.dependencies d left join signalbox.breakers b on b.dependency_id = d.id
        left join signalbox.dependency_buckets t on t.dependency_id = d.id
      where d.id = any($1::int[])`,
    values: [dependencyIds],
  });
  return (rows as (Omit<LockedGate, "bucket"> & BucketColumns)[]).map(
    ({ count, perMs, level, atMs, ...gate }) => ({
      ...gate,
      bucket: count === null ? null : { limit: { count, perMs }, level, atMs },
    }),
  );
}

interface BucketColumns {
  count: number | null;
  perMs: number;
  level: number;
  atMs: number;
}
